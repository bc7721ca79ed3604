/** Typing, being there and read marks: shown to others, and seen of them (protocol.md B.7). */
import type { BinaryNode } from 'baileys';
import { personJid, type GroupJid, type PersonAddress } from '../../../jid.js';
import type { Doing, PresenceCapability } from '../../engine.js';
import type { AccountContext } from '../account.context.js';
import { ownUser } from '../outbound/own.address.js';

/** WhatsApp's own clients send no more in one receipt. */
const AT_ONCE = 256;
const STATE: Record<Doing, { tag: string; attrs: Record<string, string> }> = {
  typing: { tag: 'composing', attrs: {} },
  recording: { tag: 'composing', attrs: { media: 'audio' } },
  paused: { tag: 'paused', attrs: {} },
};

const jidOf = (chat: PersonAddress | GroupJid): string => (typeof chat === 'string' ? chat : personJid(chat));

export class Presence implements PresenceCapability {
  constructor(private readonly account: AccountContext) {}

  async show(chat: PersonAddress | GroupJid, doing: Doing): Promise<void> {
    const to = jidOf(chat);
    const from = ownUser(this.account.creds, to.endsWith('@lid'));
    await this.account.wire.send({ tag: 'chatstate', attrs: { from, to }, content: [STATE[doing]] });
  }

  async read(chat: PersonAddress | GroupJid, messages: { waId: string; sender: PersonAddress }[]): Promise<void> {
    const bySender = new Map<string, string[]>();
    for (const { waId, sender } of messages) {
      const participant = typeof chat === 'string' ? personJid(sender) : '';
      bySender.set(participant, [...(bySender.get(participant) ?? []), waId]);
    }
    for (const [participant, ids] of bySender)
      for (let at = 0; at < ids.length; at += AT_ONCE)
        await this.account.wire.send(readMark(jidOf(chat), participant, ids.slice(at, at + AT_ONCE)));
  }

  async watch(person: PersonAddress): Promise<void> {
    await this.account.wire.send({ tag: 'presence', attrs: { to: personJid(person), type: 'subscribe' } });
  }

  async typing({ attrs, content }: BinaryNode): Promise<void> {
    const { people, journal } = this.account;
    const [chat, by] = [await people.chat(attrs.from), await people.person(attrs.participant ?? attrs.from)];
    const [state] = Array.isArray(content) ? content : [];
    if (!chat || !by || !state || people.isMe(attrs.participant ?? attrs.from)) return;
    journal.emit({ type: 'typing', chat, by, doing: doingOf(state) });
  }

  async came({ attrs }: BinaryNode): Promise<void> {
    const person = await this.account.people.person(attrs.from);
    if (!person || this.account.people.isMe(attrs.from)) return;
    const seconds = Number(attrs.last);
    const lastSeenAt = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
    this.account.journal.emit({ type: 'presence', person, online: attrs.type !== 'unavailable', lastSeenAt });
  }
}

function doingOf({ tag, attrs }: BinaryNode): Doing {
  if (tag !== 'composing') return 'paused';
  return attrs.media === 'audio' ? 'recording' : 'typing';
}

function readMark(to: string, participant: string, [first, ...more]: string[]): BinaryNode {
  const t = String(Math.floor(Date.now() / 1000));
  const attrs = { id: first ?? '', to, type: 'read', t, ...(participant ? { participant } : {}) };
  if (more.length === 0) return { tag: 'receipt', attrs };
  const items = more.map((id) => ({ tag: 'item', attrs: { id } }));
  return { tag: 'receipt', attrs, content: [{ tag: 'list', attrs: {}, content: items }] };
}
