/**
 * What a phone remembers of its chats besides their messages: archived, pinned, muted, marked as unread, and which messages
 * carry a star. It is written by mutations of its app state alone, its own and those of its companions.
 */
import type { ChatMarks, MarkChat } from '../control/contract.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import type { Change } from '../signal/app.state.js';
import { Records } from '../store/records.js';
import type { Person } from './person.js';

const FOR_EVER = -1;
type Kept = Omit<ChatMarks, 'chat' | 'blocked'>;
export const UNMARKED: Kept = { archived: false, pinned: false, mutedUntil: null, markedUnread: false };

/** Which collection it belongs to, and the version of its action: as WhatsApp's clients write them. */
interface Placed {
  collection: string;
  change: Change;
}

export class PhoneChats {
  private readonly marks: Records<Kept>;
  private readonly stars: Records<boolean>;

  constructor(private readonly person: Person) {
    const { store } = person.world;
    this.marks = new Records(store, `people.marks.${person.profile.lid}`);
    this.stars = new Records(store, `people.stars.${person.profile.lid}`);
  }

  all(): Omit<ChatMarks, 'blocked'>[] {
    return this.marks.entries().map(([chat, kept]) => ({ chat, ...kept }));
  }

  starred(): string[] {
    return this.stars.entries().map(([id]) => id);
  }

  heard({ index: [what = '', where = '', id = ''], value }: Change): void {
    const { archiveChatAction, pinAction, muteAction, markChatAsReadAction, starAction } = value;
    if (what === 'star') return starAction?.starred ? this.stars.put(id, true) : this.stars.delete(id);
    if (archiveChatAction) this.mark(where, { archived: archiveChatAction.archived ?? false });
    if (pinAction) this.mark(where, { pinned: pinAction.pinned ?? false });
    if (markChatAsReadAction) this.mark(where, { markedUnread: !markChatAsReadAction.read });
    if (muteAction)
      this.mark(where, { mutedUntil: muteAction.muted ? (muteAction.muteEndTimestamp ?? FOR_EVER) : null });
  }

  /** The mutations that a person's taps on the phone make. */
  mutations({ chat, archived, pinned: wanted, mutedUntil, markedUnread }: MarkChat): Placed[] {
    const pinned = wanted ?? (archived && this.marks.get(chat)?.pinned ? false : undefined);
    const timestamp = this.person.world.now();
    const jid = this.jidOf(chat);
    const place = (collection: string, what: string, version: number, value: Change['value']): Placed => ({
      collection,
      change: { index: [what, jid], value: { timestamp, ...value }, version },
    });
    const mute = { muted: mutedUntil !== null, ...(mutedUntil === null ? {} : { muteEndTimestamp: mutedUntil }) };
    return [
      ...(archived === undefined ? [] : [place('regular_low', 'archive', 3, { archiveChatAction: { archived } })]),
      ...(pinned === undefined ? [] : [place('regular_low', 'pin_v1', 5, { pinAction: { pinned } })]),
      ...(mutedUntil === undefined ? [] : [place('regular_high', 'mute', 2, { muteAction: mute as object })]),
      ...(markedUnread === undefined
        ? []
        : [place('regular_low', 'markChatAsRead', 3, { markChatAsReadAction: { read: !markedUnread } })]),
    ];
  }

  star(messageId: string, starred: boolean): Placed {
    const { notebook, world } = this.person;
    const seen = notebook.seen(messageId);
    const chat = seen?.chat ?? notebook.sent(messageId)?.to ?? '';
    const fromMe = !seen || seen.fromMe ? '1' : '0';
    const index = ['star', this.jidOf(chat), messageId, fromMe, '0'];
    return {
      collection: 'regular_low',
      change: { index, value: { timestamp: world.now(), starAction: { starred } }, version: 2 },
    };
  }

  private mark(jid: string, marks: Partial<Kept>): void {
    const chat = this.nameOf(jid);
    this.marks.put(chat, { ...UNMARKED, ...this.marks.get(chat), ...marks });
  }

  private nameOf(jid: string): string {
    if (isGroupJid(jid)) return jid;
    const user = parseJid(jid)?.user ?? jid;
    return this.person.world.network.findUser(user)?.pn ?? user;
  }

  private jidOf(chat: string): string {
    const user = isGroupJid(chat) ? undefined : this.person.world.network.findUser(chat);
    return user ? this.person.jidOf(user) : chat;
  }
}
