/**
 * Sends messages without Baileys' `sendMessage` (docs/decisions/own-relay.md). Calls for one chat keep their order on the
 * wire, chats do not wait for each other, and nobody waits for an ack: the next message may leave before the one before
 * it was taken. What was sent is written down before it leaves, for retry receipts.
 */
import { generateMessageIDV2, getBinaryNodeChild, jidDecode, proto, type BinaryNode } from 'baileys';
import { personJid } from '../../../jid.js';
import type { OutboundMessage, SendResult } from '../../engine.js';
import type { AccountContext } from '../account.context.js';
import { GroupBook } from '../groups/group.book.js';
import { type Ack, readAck } from '../inbound/acks.js';
import { KeyedQueue } from '../signal/keyed.queue.js';
import { AskedMessages } from '../asked.js';
import { explainCold } from './cold.refusal.js';
import { compose, type Composed } from './compose.js';
import { ContactTokens } from './contact.tokens.js';
import { DeviceLists } from './device.lists.js';
import { GroupMessages } from './group.message.js';
import { ownUser } from './own.address.js';
import { PersonMessages } from './person.message.js';
import { Resend } from './resend.js';
import { SendFailure } from './send.failure.js';
import { SenderKeyMemory } from './sender.key.memory.js';
import { keepSent, readSent, type SentMessage } from './sent.messages.js';
import { SessionStarter } from './session.starter.js';
import { assertReadable } from './stanza.js';

/** For the server's word on what is told beside messages. */
const TOLD_MS = 20_000;
/** 463: refused because the account may not write first, or not to this one. */
const COLD = '463';

export class Relay {
  readonly devices: DeviceLists;
  readonly groupMessages: GroupMessages;
  private readonly queue = new KeyedQueue();
  private readonly personMessages: PersonMessages;
  private readonly resender: Resend;
  private readonly memory: SenderKeyMemory;
  private readonly tokens: ContactTokens;
  /** Told, and whoever asked waits for the server's word. */
  private readonly told = new Map<string, (taken: boolean) => void>();
  /** Sent and not acked, by message id: the chat, and whether a contact's token went along. */
  private readonly unacked = new Map<string, { chat: string; hadToken: boolean }>();

  constructor(
    private readonly account: AccountContext,
    book: GroupBook,
    private readonly failed: (error: unknown) => void,
  ) {
    const starter = new SessionStarter(account);
    this.devices = new DeviceLists(account);
    this.memory = new SenderKeyMemory(account.journal);
    this.tokens = new ContactTokens(account);
    this.personMessages = new PersonMessages(account, this.devices, starter, this.tokens);
    this.groupMessages = new GroupMessages(account, book, this.devices, starter, this.memory);
    this.resender = new Resend(account, this.devices, starter);
  }

  send(message: OutboundMessage): Promise<SendResult> {
    const to = typeof message.to === 'string' ? message.to : personJid(message.to);
    return this.queue.run(to, () =>
      this.relay(message.waId, to, () => this.composed(message, to)).catch((error: unknown) =>
        SendFailure.toResult(error, this.account.wire.isClosed),
      ),
    );
  }

  /** Tells the person how long messages live from now on (0: for ever). Resolves with the server's word. */
  async tellTimer(to: string, seconds: number): Promise<'taken' | 'refused' | 'timed_out' | 'not_connected'> {
    const type = proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING;
    const message = { protocolMessage: { type, ephemeralExpiration: seconds } };
    const waId = generateMessageIDV2(this.account.creds.me?.id);
    const word = this.wordOn(waId);
    try {
      const composed = { to, message, attrs: { type: 'text' as const }, encAttrs: {} };
      await this.queue.run(to, () => this.relay(waId, to, async () => composed));
      return await word.given;
    } catch {
      return this.account.wire.isClosed ? 'not_connected' : 'refused';
    } finally {
      word.stop();
    }
  }

  /** The server's word on a message; undefined when it is about none of ours, or about a repetition. */
  acked(node: BinaryNode): void {
    const ack = readAck(node);
    const sent = this.unacked.get(ack.waId);
    if (sent === undefined) return;
    this.unacked.delete(ack.waId);
    const told = this.told.get(ack.waId);
    if (told) return told(!ack.failure);
    this.memory.acked(ack.waId, !ack.failure);
    if (node.attrs.error === COLD) void this.tellCold(ack, sent.hadToken).catch(this.failed);
    else if (node.attrs.phash || ack.failure?.code === 'devices_changed')
      void this.tellChanged(ack, sent.chat).catch(this.failed);
    else this.account.journal.emit(ack);
  }

  private async tellCold(ack: Ack, hadToken: boolean): Promise<void> {
    const failure = await explainCold(this.account.wire, ack.failure!, hadToken);
    this.account.journal.emit({ ...ack, failure });
  }

  /** A hash beside the ack, or a stanza that did not fit: our list of their devices is old, and is gone before this is told. */
  private async tellChanged(ack: Ack, chat: string): Promise<void> {
    await this.devices.forget(chat).finally(() => this.account.journal.emit(ack));
  }

  resend(receipt: BinaryNode): Promise<void> {
    return this.queue.run(`retry ${receipt.attrs.id}`, () => this.resender.answer(receipt));
  }

  private wordOn(waId: string) {
    let late: NodeJS.Timeout | undefined;
    const given = new Promise<'taken' | 'refused' | 'timed_out'>((resolve) => {
      this.told.set(waId, (taken) => resolve(taken ? 'taken' : 'refused'));
      late = setTimeout(() => resolve('timed_out'), TOLD_MS);
    });
    const stop = (): void => {
      clearTimeout(late);
      this.told.delete(waId);
    };
    return { given, stop };
  }

  private async relay(waId: string, to: string, compose: () => Promise<SentMessage>): Promise<SendResult> {
    const sent = await compose();
    const isGroup = to.endsWith('@g.us');
    const stanza = await (isGroup ? this.groupMessages : this.personMessages).prepare(waId, sent);
    assertReadable(stanza);
    keepSent(this.account.journal, waId, sent);
    this.unacked.set(waId, { chat: to, hadToken: getBinaryNodeChild(stanza, 'tctoken') !== undefined });
    await this.account.wire.send(stanza).catch((error: unknown) => {
      this.unacked.delete(waId);
      throw error;
    });
    if (!isGroup && !this.account.people.isMe(to)) void this.tokens.give(userOf(to)).catch(this.failed);
    return { ok: true };
  }

  /** As it was sent before, where it was. */
  private async composed(message: OutboundMessage, to: string): Promise<SentMessage> {
    const before = message.isFirst ? undefined : await readSent(this.account.journal, message.waId);
    return before ?? this.compose(message, to);
  }

  private async compose(outbound: OutboundMessage, to: string): Promise<SentMessage> {
    const me = ownUser(this.account.creds, to.endsWith('@lid'));
    const composed = await compose({ outbound, to, me, account: this.account });
    this.keepAsked(outbound, composed);
    return { to, ...composed };
  }

  /** Votes on a poll of ours, and answers to an event, are opened by its secret. */
  private keepAsked({ waId, content }: OutboundMessage, { message }: Composed): void {
    const secret = message.messageContextInfo?.messageSecret;
    if ((content.kind !== 'poll' && content.kind !== 'event') || !secret) return;
    const makers = [...new Set([false, true].map((byLid) => ownUser(this.account.creds, byLid)))];
    const asked = { secret, makers, ...(content.kind === 'poll' ? { options: content.options } : {}) };
    new AskedMessages(this.account.journal).keep(waId, asked);
  }
}

function userOf(jid: string): string {
  const decoded = jidDecode(jid);
  return `${decoded?.user}@${decoded?.server}`;
}
