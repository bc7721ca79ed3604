/** zapo-js in a process of its own. It reconnects by itself, so its sockets are watched at the WebSocket seam. */
import { createStore, WaClient } from 'zapo-js';
import { serve } from '../child.mjs';
import { saidBy } from '../said.mjs';
import { Closings } from './closings.mjs';
import { PROTOS } from './kinds.mjs';
import { fetched, MEDIA } from './media.mjs';
import { createMemoryAuth } from './memory.auth.mjs';
import { look, portray } from './profiles.mjs';
import { watchSockets } from './sockets.mjs';

const socketClosed = watchSockets();

class Account {
  /** Messages are kept for their secrets: without them no vote opens. */
  store = createStore({
    backends: { kept: createMemoryAuth() },
    providers: { auth: 'kept', messages: 'memory' },
    cacheProviders: { messageSecret: 'memory' },
  });
  /** By id: `{ message, author, key }`. */
  messages = new Map();
  clients = new Set();

  constructor(name, start, tell) {
    this.name = name;
    this.start = start;
    this.tell = tell;
    this.closings = new Closings(tell);
    // Two addresses for one account: a rival's sockets must not be taken for the first one's.
    this.url = `${start.url}?account=${name}`;
    socketClosed(this.url, () => this.closings.socketClosed());
  }

  async link({ number }) {
    this.client = this.create(this.url);
    // Credentials of an earlier attempt would be used to log in, so linking waits for the QR that says they are not.
    if (number) this.client.once('auth_qr', () => void this.ask(this.client, number));
    this.connect();
  }

  /** A client that is reconnecting by itself is left to it. */
  login() {
    if (this.client?.running) return;
    this.client = this.create(this.url);
    this.connect();
  }

  rival() {
    const rival = this.create(`${this.url}&rival=1`, () => {});
    return rival.connect();
  }

  async close() {
    await Promise.all([...this.clients].map((client) => client.disconnect()));
    this.client.running = false;
  }

  logout() {
    return this.client.logout();
  }

  async send({ to, text, id }) {
    const { ack } = await this.client.sendMessage(to, text, { id });
    this.tell({ type: 'status', id, by: null, status: ack.error ? 'failed' : 'sent', code: ack.error ?? null });
  }

  async say({ to, saying, id }) {
    const heard = (about) => this.messages.get(about);
    const message = (PROTOS[saying.kind] ?? MEDIA[saying.kind])?.(saying, {
      heard,
      keyOf: (about) => heard(about).key,
    });
    if (!message) throw new Error(`zapo-js has no verb for a ${saying.kind}`);
    this.messages.set(id, {
      message,
      author: this.client.getCredentials().meJid,
      key: { remoteJid: to, fromMe: true, id },
    });
    const { ack } = await this.client.sendMessage(to, message, { id });
    this.tell({ type: 'status', id, by: null, status: ack.error ? 'failed' : 'sent', code: ack.error ?? null });
  }

  async fetch({ id }) {
    this.tell({ type: 'file', id, ...(await fetched(unwrapped(this.messages.get(id).message), this.client)) });
  }

  portray(how) {
    return portray(this.client, how);
  }

  async look({ jid }) {
    this.tell(await look(this.client, jid));
  }

  reject() {
    throw new Error('zapo-js has no verb for declining a call');
  }

  read({ chat, sender, id }) {
    const participant = chat.endsWith('@g.us') ? sender : undefined;
    return this.client.sendReceipt({ to: chat, id, type: 'read', participant });
  }

  async ask(client, number) {
    this.tell({ type: 'code', code: await client.requestPairingCode(number) });
  }

  create(url, tell = this.tell) {
    const { rootKey, patienceMs } = this.start;
    const logger = this.closings.logger();
    const client = new WaClient(
      {
        store: this.store,
        sessionId: this.name,
        chatSocketUrls: [url],
        testHooks: { noiseRootCa: { publicKey: Buffer.from(rootKey, 'hex'), serial: 0 } },
        connectTimeoutMs: patienceMs,
        timeoutIntervalMs: 2_000,
        reconnectIntervalMs: 200,
        iqTimeoutMs: patienceMs,
        nodeQueryTimeoutMs: patienceMs,
        deadSocketTimeoutMs: 1_000,
        messageAckTimeoutMs: 1_000,
        messageRetryDelayMs: 100,
        signalFetchKeyBundlesTimeoutMs: patienceMs,
        appStateSyncTimeoutMs: patienceMs,
        history: { enabled: true },
        addons: { autoDecrypt: true },
      },
      logger,
    );
    this.clients.add(client);
    if (tell === this.tell) listen(this, client);
    return client;
  }

  connect() {
    const { client } = this;
    client.running = true;
    client.connect().catch((error) => {
      client.running = false;
      this.closings.gaveUp(error);
    });
  }
}

function listen(account, client) {
  const { tell, closings } = account;
  client.on('auth_qr', ({ qr }) => tell({ type: 'qr', text: qr }));
  client.on('auth_paired', () => {
    closings.paired();
    tell({ type: 'linked' });
  });
  client.on('connection_success', ({ node }) => {
    closings.opened();
    tell({ type: 'open' });
    if (node.attrs.display_name) tell({ type: 'name', name: node.attrs.display_name });
  });
  client.on('connection', ({ status, reason, code }) => {
    if (status !== 'close') return;
    client.running = false;
    closings.disconnected(reason, code);
  });
  client.on('failure', ({ failureReason }) => closings.failed(failureReason));
  client.on('message', (event) => {
    heard(account, event, tell);
    received(client, event, tell);
  });
  // The protocol's own messages (edits, deletions, timers) come apart from those of people.
  client.on('message_protocol', (event) => heard(account, event, tell));
  client.on('message_addon', ({ stanzaId: id, targetMessageId: about, decrypted }) => {
    const options = decrypted.selectedOptionNames ?? [];
    if (decrypted.kind === 'poll_vote') tell({ type: 'said', id, said: { kind: 'vote', about, options } });
  });
  client.on('notification', ({ notificationType, rawNode }) => {
    const [change] = rawNode.content ?? [];
    const gone = change?.tag === 'delete';
    if (notificationType === 'picture') tell({ type: 'picture', jid: bare(rawNode.attrs.from), gone });
  });
  client.on('call', ({ rawNode }) => {
    const [what] = rawNode.content ?? [];
    const video = (what?.content ?? []).some(({ tag }) => tag === 'video');
    tell({ type: 'call', id: what?.attrs['call-id'], from: bare(rawNode.attrs.from), status: what?.tag, video });
  });
  client.on('stanza_unhandled', ({ reason, stanzaId }) => {
    if (reason.startsWith('message.decrypt_failed')) tell({ type: 'unreadable', id: stanzaId });
  });
  client.on('message_receipt', ({ rawNode }) => {
    const status = receiptWords[rawNode.attrs.type ?? ''];
    if (status) for (const id of receiptIds(rawNode)) tell({ type: 'status', id, by: byWhom(rawNode), status });
  });
}

const bare = (jid) => jid.replace(/:\d+(?=@)/, '');
const byWhom = ({ attrs }) => bare(attrs.participant ?? attrs.from);
/** Others are about retries and about the account's own devices. */
const receiptWords = { '': 'delivered', inactive: 'delivered', read: 'read' };

function receiptIds({ attrs, content }) {
  const list = Array.isArray(content) ? content.find(({ tag }) => tag === 'list') : undefined;
  return [attrs.id, ...(list?.content ?? []).map((item) => item.attrs.id)];
}

/** Its own wrappers are not taken off by it, but by a function that it does not hand out. */
function unwrapped(message) {
  const { ephemeralMessage, viewOnceMessage, viewOnceMessageV2, documentWithCaptionMessage } = message ?? {};
  const inner = (ephemeralMessage ?? viewOnceMessage ?? viewOnceMessageV2 ?? documentWithCaptionMessage)?.message;
  return inner ? unwrapped(inner) : message;
}

function heard(account, { stanzaId: id, chatJid, senderJid, message }, tell) {
  if (!message) return;
  const [chat, author] = [bare(chatJid), bare(senderJid ?? chatJid)];
  account.messages.set(id, { message, author, key: { remoteJid: chat, fromMe: false, id } });
  const said = saidBy(unwrapped(message), message);
  // A vote is told once it is open.
  if (said && said.kind !== 'vote') tell({ type: 'said', id, said });
}

function received(client, { stanzaId, chatJid, senderJid, message, rawNode }, tell) {
  const text = message?.extendedTextMessage?.text ?? message?.conversation;
  if (!text) return;
  const sender = bare(senderJid ?? chatJid);
  const { meJid, meLid } = client.getCredentials() ?? {};
  const fromMe = [meJid, meLid].some((jid) => jid && bare(jid) === sender);
  const chat = fromMe ? (rawNode.attrs.recipient ?? chatJid) : chatJid;
  tell({ type: 'message', id: stanzaId, chat: bare(chat), sender, text, fromMe });
}

serve((name, start, tell) => new Account(name, start, tell));
