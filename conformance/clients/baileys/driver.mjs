/** Unpatched Baileys with its own libsignal, in a process of its own: its trusted root key is process-wide. */
import { join } from 'node:path';
import makeWASocket, {
  WA_CERT_DETAILS,
  initAuthCreds,
  jidNormalizedUser,
  normalizeMessageContent,
  proto,
  useMultiFileAuthState,
} from 'baileys';
import { serve, silent } from '../child.mjs';
import { saidBy } from '../said.mjs';
import { closing } from './closing.mjs';
import { CONTENTS, OPTIONS, PROTOS } from './kinds.mjs';
import { fetched, MEDIA } from './media.mjs';
import { memoryAuth } from './memory.auth.mjs';
import { look, portray } from './profiles.mjs';
import { openVote } from './votes.mjs';
import { messageText, statusWords } from './words.mjs';

/**
 * Baileys holds events back, and may forget to let them go until something else arrives: a flush timer that fires while
 * nothing is held is never armed again. Milliseconds between two looks.
 */
const FLUSH_MS = 100;

class Account {
  /** Credentials and keys outlive a socket, as a client's store does. */
  auth;
  sent = new Map();
  /** By id, as Baileys told them; what was said, too. */
  messages = new Map();
  sockets = new Set();

  constructor(name, start, tell) {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(start.rootKey, 'hex');
    this.start = start;
    this.tell = tell;
    this.url = `${start.url}?account=${name}`;
    this.folder = start.folder && join(start.folder, name);
  }

  async link({ number }) {
    this.auth ??= this.folder ? await folderAuth(this.folder) : memoryAuth(initAuthCreds(), proto);
    const socket = this.open();
    // The code can be asked for from the moment on at which a QR could be drawn (protocol.md B.4b).
    if (number) socket.ev.on('connection.update', ({ qr }) => qr && void this.ask(socket, number));
  }

  login() {
    this.open();
  }

  /** A second connection with the same credentials; what it sees is not told. */
  rival() {
    this.open(() => {});
  }

  async close() {
    const ended = [...this.sockets].map((socket) => socket.end(undefined));
    await Promise.all(ended);
  }

  logout() {
    return this.socket.logout();
  }

  async send({ to, text, id }) {
    // Kept before the wire sees it: a retry receipt may come at once.
    this.sent.set(id, { extendedTextMessage: { text } });
    const message = await this.socket.sendMessage(to, { text }, { messageId: id });
    this.sent.set(id, message.message);
  }

  async say({ to, saying, id }) {
    const messageOf = (about) => this.messages.get(about);
    const content = (CONTENTS[saying.kind] ?? MEDIA[saying.kind])?.(saying, messageOf);
    const options = { messageId: id, ...OPTIONS[saying.kind]?.(saying, messageOf) };
    const message = PROTOS[saying.kind]?.(saying);
    if (!content && !message) throw new Error(`Baileys has no verb for a ${saying.kind}`);
    this.sent.set(id, message ?? {});
    if (message) return void (await this.socket.relayMessage(to, message, { messageId: id }));
    const said = await this.socket.sendMessage(to, content, options);
    this.sent.set(id, said.message);
    this.messages.set(id, said);
  }

  async fetch({ id }) {
    this.tell({ type: 'file', id, ...(await fetched(this.messages.get(id), this.socket)) });
  }

  portray(how) {
    return portray(this.socket, this.auth.state.creds.me.id, how);
  }

  async look({ jid }) {
    this.tell(await look(this.socket, jid));
  }

  reject({ callId, from }) {
    return this.socket.rejectCall(callId, from);
  }

  read({ chat, sender, id }) {
    return this.socket.readMessages([
      { remoteJid: chat, participant: chat.endsWith('@g.us') ? sender : undefined, id },
    ]);
  }

  async ask(socket, number) {
    if (this.asked === socket) return;
    this.asked = socket;
    this.tell({ type: 'code', code: await socket.requestPairingCode(number) });
  }

  open(tell = this.tell) {
    const socket = makeWASocket({
      waWebSocketUrl: this.url,
      auth: this.auth.state,
      logger: silent,
      connectTimeoutMs: this.start.patienceMs,
      defaultQueryTimeoutMs: this.start.patienceMs,
      keepAliveIntervalMs: this.start.keepAliveMs,
      qrTimeout: 60_000,
      syncFullHistory: false,
      getMessage: async ({ id }) => this.sent.get(id),
    });
    this.sockets.add(socket);
    if (tell === this.tell) this.socket = socket;
    listen(this, socket, tell);
    return socket;
  }
}

/** As programs out there keep them. */
async function folderAuth(folder) {
  const { state, saveCreds } = await useMultiFileAuthState(folder);
  const save = (update) => {
    Object.assign(state.creds, update);
    void saveCreds();
  };
  return { state, save };
}

function listen(account, socket, tell) {
  const { ev, ws } = socket;
  const flushing = setInterval(() => ev.flush(), FLUSH_MS);
  ev.on('creds.update', (update) => {
    account.auth.save(update);
    const name = account.auth.state.creds.me?.name;
    if (name && name !== account.name) tell({ type: 'name', name: (account.name = name) });
  });
  ev.on('connection.update', (update) => {
    if (update.qr) tell({ type: 'qr', text: update.qr });
    if (update.isNewLogin) tell({ type: 'linked' });
    if (update.connection === 'open') tell({ type: 'open' });
    if (update.connection !== 'close') return;
    account.sockets.delete(socket);
    clearInterval(flushing);
    tell({ type: 'closed', ...closing(update.lastDisconnect?.error) });
  });
  ev.on('messages.upsert', ({ messages }) => messages.forEach((message) => upserted(account, message, tell)));
  ev.on('messages.update', (updates) => {
    for (const { key, update } of updates) if (key.fromMe) tellStatus(tell, key.id, update, null);
  });
  ev.on('message-receipt.update', (updates) => {
    for (const { key, receipt } of updates)
      if (key.fromMe) tell({ type: 'status', id: key.id, by: receipt.userJid, ...ofReceipt(receipt) });
  });
  ev.on('contacts.update', (updates) => {
    for (const { id, imgUrl } of updates)
      if (imgUrl === 'changed' || imgUrl === 'removed')
        tell({ type: 'picture', jid: jidNormalizedUser(id), gone: imgUrl === 'removed' });
  });
  ev.on('call', (calls) => {
    for (const { id, from, status, isVideo } of calls)
      tell({ type: 'call', id, from: jidNormalizedUser(from), status, video: Boolean(isVideo) });
  });
  ws.on('CB:ack,class:message', ({ attrs }) => {
    if (!attrs.error) tell({ type: 'status', id: attrs.id, status: 'sent', by: null });
  });
}

const ofReceipt = ({ readTimestamp }) => ({ status: readTimestamp ? 'read' : 'delivered' });

function upserted(account, whole, tell) {
  const { key, message, messageStubType, ...rest } = whole;
  const { id, fromMe = false } = key;
  if (account.sent.has(id)) return ownMessage(id, rest, tell);
  const text = messageText(message);
  const chat = jidNormalizedUser(key.remoteJid);
  const sender = jidNormalizedUser(key.participant || key.remoteJid);
  account.messages.set(id, whole);
  const said = message && saidBy(normalizeMessageContent(message), message);
  if (said) tell({ type: 'said', id, said: { ...said, ...openVote(account, whole) } });
  if (text !== undefined) tell({ type: 'message', id, chat, sender, text, fromMe });
  else if (messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) tell({ type: 'unreadable', id });
}

/** What happened to it while events were held back is folded into it (protocol.md S12). */
function ownMessage(id, { status, messageStubParameters, userReceipt }, tell) {
  tellStatus(tell, id, { status, messageStubParameters }, null);
  for (const receipt of userReceipt ?? []) tell({ type: 'status', id, by: receipt.userJid, ...ofReceipt(receipt) });
}

function tellStatus(tell, id, { status, messageStubParameters }, by) {
  const word = statusWords[status];
  if (word) tell({ type: 'status', id, status: word, by, code: messageStubParameters?.[0] ?? null });
}

serve((name, start, tell) => new Account(name, start, tell));
