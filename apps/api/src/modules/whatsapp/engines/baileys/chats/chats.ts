/** What is done with chats, as WhatsApp's own clients write it (docs in `engines/chats.ts`). */
import { MUTED_FOR_EVER } from '@trunkline/contracts';
import { chatModificationToAppPatch, type BinaryNode, type ChatModification, type WAMessageKey } from 'baileys';
import { personJid, type GroupJid, type PersonAddress } from '../../../jid.js';
import type { ChatCapability, ChatEnd, ChatMark, ChatResult } from '../../chats.js';
import type { AccountContext } from '../account.context.js';
import type { Relay } from '../outbound/relay.js';
import type { AppState } from './app.state.js';
import type { Blocklist } from './blocklist.js';
import { FOR_EVER } from './mark.intake.js';

type Where = PersonAddress | GroupJid;

const jidOf = (chat: Where): string => (typeof chat === 'string' ? chat : personJid(chat));

export class Chats implements ChatCapability {
  constructor(
    private readonly account: AccountContext,
    private readonly relay: Relay,
    private readonly appState: AppState,
    private readonly blocklist: Blocklist,
  ) {}

  mark(chat: Where, mark: ChatMark, end: ChatEnd | null): Promise<ChatResult> {
    const jid = jidOf(chat);
    const change = modification(mark, end ? [{ key: keyOf(jid, end), messageTimestamp: seconds(end.at) }] : []);
    const tell = () => this.account.journal.emit({ type: 'chat-marked', chat, mark });
    return this.appState.change(chatModificationToAppPatch(change, jid), tell);
  }

  star(chat: Where, message: ChatEnd, starred: boolean): Promise<ChatResult> {
    const jid = jidOf(chat);
    const messages = [{ id: message.waId, fromMe: message.fromMe }];
    const tell = () => this.account.journal.emit({ type: 'starred', chat, waId: message.waId, starred });
    return this.appState.change(chatModificationToAppPatch({ star: { messages, star: starred } }, jid), tell);
  }

  block(person: PersonAddress, blocked: boolean): Promise<ChatResult> {
    return this.blocklist.set(person, blocked);
  }

  async setTimer(chat: Where, seconds: number | null): Promise<ChatResult> {
    const result =
      typeof chat === 'string' ? await this.groupTimer(chat, seconds) : await this.personTimer(chat, seconds);
    if (result.ok) this.account.journal.emit({ type: 'ephemeral', chat, seconds, at: Date.now() });
    return result;
  }

  async older(chat: Where, before: ChatEnd, count: number): Promise<ChatResult> {
    try {
      await this.account.socket.fetchMessageHistory(count, keyOf(jidOf(chat), before), before.at);
      return { ok: true };
    } catch {
      return { ok: false, code: this.account.wire.isClosed ? 'not_connected' : 'refused' };
    }
  }

  private async groupTimer(group: GroupJid, seconds: number | null): Promise<ChatResult> {
    const change: BinaryNode = seconds
      ? { tag: 'ephemeral', attrs: { expiration: String(seconds) } }
      : { tag: 'not_ephemeral', attrs: {} };
    const attrs = { to: group, type: 'set', xmlns: 'w:g2' };
    const answer = await this.account.wire.ask({ tag: 'iq', attrs, content: [change] });
    if (answer.ok) return { ok: true };
    return { ok: false, code: answer.failure === 'closed' ? 'not_connected' : answer.failure };
  }

  /** Told to the person as a message that says nothing else. */
  private async personTimer(person: PersonAddress, seconds: number | null): Promise<ChatResult> {
    const told = await this.relay.tellTimer(personJid(person), seconds ?? 0);
    if (told === 'taken') return { ok: true };
    return { ok: false, code: told };
  }
}

function modification(
  mark: ChatMark,
  lastMessages: { key: WAMessageKey; messageTimestamp: number }[],
): ChatModification {
  if ('archived' in mark) return { archive: mark.archived, lastMessages };
  if ('pinnedAt' in mark) return { pin: mark.pinnedAt !== null };
  if ('mutedUntil' in mark) return { mute: mark.mutedUntil === MUTED_FOR_EVER ? FOR_EVER : mark.mutedUntil };
  return { markRead: !mark.markedUnread, lastMessages };
}

function keyOf(remoteJid: string, { waId, fromMe, sender }: ChatEnd): WAMessageKey {
  const participant = remoteJid.endsWith('@g.us') && !fromMe && sender ? { participant: personJid(sender) } : {};
  return { remoteJid, id: waId, fromMe, ...participant };
}

const seconds = (at: number): number => Math.max(1, Math.floor(at / 1_000));
