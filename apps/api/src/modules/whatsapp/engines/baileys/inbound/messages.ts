/**
 * Messages that arrive. One at a time per account, in the order of the wire: each is decrypted, written and told in one
 * step (see `Opener`), and only then answered; the answer waits at the gate until all of it is durable.
 */
import { areJidsSameUser, getBinaryNodeChild, proto, type BinaryNode } from 'baileys';
import type { GroupJid, PersonAddress } from '../../../jid.js';
import { parseJid } from '../../../jid.js';
import type { AccountContext } from '../account.context.js';
import { readContext, readTimer } from './context.js';
import { readContent } from './convert.js';
import { readNewer } from './newer.js';
import { readMedia } from './media.js';
import { readEnvelope, type Envelope } from './envelope.js';
import type { HistoryIntake } from './history.intake.js';
import { Opener, type Outcome } from './opener.js';
import { isHistory, processOwn } from './own.devices.js';
import { contentOf, type Opened } from './plaintext.js';
import { Posts } from './posts.js';
import type { OutgoingReceipts } from './receipts.out.js';
import { SealedAnswers } from './sealed.answers.js';

const INVALID_STANZA = 487;
const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

interface Parties {
  chat: PersonAddress | GroupJid | null;
  sender: PersonAddress | null;
}

export class InboundMessages {
  private readonly opener: Opener;
  private readonly answers: SealedAnswers;
  private readonly posts: Posts;
  private turn: Promise<void> = Promise.resolve();
  /** What the own phone says may ask the server things; it must not hold up the messages of people. */
  private ownTurn: Promise<void> = Promise.resolve();

  constructor(
    private readonly account: AccountContext,
    private readonly receipts: OutgoingReceipts,
    private readonly history: HistoryIntake,
    private readonly failed: (error: unknown) => void,
  ) {
    this.opener = new Opener(account);
    this.answers = new SealedAnswers(account);
    this.posts = new Posts(account);
  }

  receive(node: BinaryNode): Promise<void> {
    this.turn = this.turn.then(() => this.take(node)).catch(this.failed);
    return this.turn;
  }

  private async take(node: BinaryNode): Promise<void> {
    const envelope = readEnvelope(node, (jid) => this.account.people.isMe(jid));
    if (!envelope) return this.receipts.taken(node, INVALID_STANZA);
    if (envelope.change?.how === 'removed') {
      this.posts.takenBack(envelope);
      return this.receipts.taken(node);
    }
    await this.account.signal.mapping.learn(envelope.pairs);
    const parties = await this.parties(envelope);
    const outcome = await this.opener.open(node, envelope, (opened, plaintext) =>
      this.tell(envelope, parties, opened, plaintext),
    );
    if (outcome.state === 'opened') await this.openAnswers(envelope, parties, outcome.messages);
    await this.answer(node, envelope, outcome);
  }

  private async openAnswers({ id: waId }: Envelope, { sender }: Parties, messages: proto.IMessage[]): Promise<void> {
    if (sender) for (const message of messages) await this.answers.take({ waId, sender, message });
  }

  private async parties({ chat, author, place, isBroadcast, fromMe }: Envelope): Promise<Parties> {
    const { people } = this.account;
    const isNone = place !== null || (isBroadcast && fromMe);
    return { chat: isNone ? null : await people.chat(chat), sender: await people.person(author) };
  }

  private tell(envelope: Envelope, parties: Parties, opened: Opened, raw: Uint8Array): void {
    if (envelope.place) return this.posts.tell(envelope, envelope.place, parties.sender, opened.message, raw);
    const chat = opened.destination ? this.destination(opened.destination, envelope, parties) : parties.chat;
    if (!chat || !parties.sender || envelope.category === 'peer') return;
    const { id: waId, pushName, fromMe, at } = envelope;
    const timer = readTimer(contentOf(opened.message));
    if (timer !== undefined) this.account.journal.emit({ type: 'ephemeral', chat, seconds: timer || null, at });
    const content = readContent(opened.message) ?? readNewer(raw, opened.message);
    if (!content) return;
    const message = { waId, chat, sender: parties.sender, senderName: pushName, fromMe, content, at };
    const context = readContext(opened.message);
    const media = readMedia(opened.message);
    const more = { ...context, history: false, raw, ...(media ? { media } : {}) };
    this.account.journal.emit({ type: 'message', message: { ...message, ...more } });
  }

  /** The stanza's recipient is the chat, with both its names; what the sealed part says counts where they differ. */
  private destination(jid: string, { chat }: Envelope, parties: Parties): Parties['chat'] {
    const address = parseJid(jid);
    if (areJidsSameUser(jid, chat)) return parties.chat;
    if (address.kind === 'group') return address.group;
    if (address.kind === 'phone') return { phone: address.phone, lid: null };
    return address.kind === 'lid' ? { phone: null, lid: address.lid } : null;
  }

  private async answer(node: BinaryNode, envelope: Envelope, outcome: Outcome): Promise<void> {
    if (node.attrs.from?.endsWith('@newsletter')) return this.receipts.taken(node);
    if (outcome.state === 'empty') return this.absent(node, envelope);
    if (outcome.state === 'unreadable') return this.unreadable(node, envelope, outcome);
    const own = envelope.fromMe ? outcome.messages.find(isBetweenDevices) : undefined;
    if (own) this.ownTurn = this.ownTurn.then(() => this.fromPhone(envelope, own)).catch(this.failed);
    else await this.receipts.received(envelope);
  }

  private async fromPhone(envelope: Envelope, message: proto.IMessage): Promise<void> {
    await processOwn(this.account, envelope, message);
    await this.history.settled();
    await this.receipts.received(envelope);
    if (isHistory(message)) await this.receipts.historyStored(envelope);
  }

  /** One that was decrypted before and whose plaintext has expired since: it was told then. */
  private async unreadable(node: BinaryNode, envelope: Envelope, { failure }: Outcome & { state: 'unreadable' }) {
    if (failure === 'storage') throw new Error('the journal could not be read');
    if (failure === 'duplicate') return this.receipts.received(envelope);
    if (envelope.isBroadcast) return this.receipts.taken(node);
    await this.receipts.again(node, envelope, failure === 'no_session' || failure === 'missing_prekey');
  }

  /** Without content: the phone has it, and is asked to send it again. */
  private async absent(node: BinaryNode, { chat, fromMe, id, author, isGroup }: Envelope): Promise<void> {
    await this.receipts.taken(node);
    const type = getBinaryNodeChild(node, 'unavailable')?.attrs.type ?? '';
    if (type.endsWith('_fanout')) return;
    const key = { remoteJid: chat, fromMe, id, ...(isGroup ? { participant: author } : {}) };
    void this.account.socket.requestPlaceholderResend(key).catch(this.failed);
  }
}

/** Keys, history, settings: not what a person wrote, changed or deleted. */
function isBetweenDevices({ protocolMessage }: proto.IMessage): boolean {
  const type = protocolMessage?.type ?? REVOKE;
  return Boolean(protocolMessage) && type !== MESSAGE_EDIT && type !== REVOKE;
}
