/**
 * What one person saw, what they sent, and how often something went wrong. Durable; nothing is kept in memory but the
 * counts. Callers put a note and the ratchet step behind it into one transaction.
 */
import type { Failure, PersonCounts, SeenMessage, SentMessage } from '../control/contract.js';
import { pack, unpack } from '../store/records.js';
import type { KeptMedia } from './media.js';
import type { Asked } from './kinds/sealed.js';
import type { Store } from '../store/store.js';

/** A seen message with what the page does not show. */
export interface SeenNote extends SeenMessage {
  /** Of the ciphertext that was read, to tell a second delivery from a counter used for something else. */
  fingerprint: string;
  /** JIDs to answer to, as they came: the chat, and in groups the author. */
  chatJid: string;
  authorJid: string;
  /** Of a file that came with it. */
  kept?: KeptMedia | undefined;
}

/** A sent message with what is needed to send it again. */
export interface SentNote extends SentMessage {
  kind: SeenMessage['kind'];
  toJid: string;
  /** The plain `Message`. */
  payload: Uint8Array;
}

const noCounts: PersonCounts = {
  seen: 0,
  sent: 0,
  reused: 0,
  redelivered: 0,
  unreadable: 0,
  retriesSent: 0,
  retriesAnswered: 0,
};

const keyOf = (n: number) => String(n).padStart(12, '0');

export class Notebook {
  private readonly totals: PersonCounts;

  constructor(
    private readonly store: Store,
    private readonly owner: string,
  ) {
    const stored = store.get('people.counts', owner);
    this.totals = stored ? unpack<PersonCounts>(stored) : { ...noCounts };
  }

  get counts(): PersonCounts {
    return { ...this.totals };
  }

  get failureCount(): number {
    const { reused, redelivered, unreadable } = this.totals;
    return reused + redelivered + unreadable;
  }

  count(what: keyof PersonCounts): number {
    this.totals[what] += 1;
    this.store.put('people.counts', this.owner, pack(this.totals));
    return this.totals[what];
  }

  /** A message that was not read. */
  fail(failure: Omit<Failure, 'n'>): void {
    const n = this.failureCount + 1;
    this.count(failure.kind);
    this.store.put(`people.failures.${this.owner}`, keyOf(n), pack({ ...failure, n }));
  }

  see(message: Omit<SeenNote, 'n' | 'times' | 'read'>): SeenNote {
    const note = { ...message, n: this.count('seen'), times: 1, read: false };
    if (!note.fromMe) this.store.put(`people.unread.${this.owner}`, note.id, pack(note.n));
    this.put('seen', note);
    return note;
  }

  /** The fingerprint of what was read under an id, also when a person saw nothing of it. */
  fingerprint(id: string): string | undefined {
    const bytes = this.store.get(`people.unseen.${this.owner}`, id);
    return this.seen(id)?.fingerprint ?? (bytes && unpack<string>(bytes));
  }

  /** Read, but nothing for a person to see: a key, a message between devices. */
  readUnseen(id: string, fingerprint: string): void {
    this.store.put(`people.unseen.${this.owner}`, id, pack(fingerprint));
  }

  /** Decrypted once more under an id that was seen: a phone shows it once. */
  seeAgain(note: SeenNote): void {
    this.put('seen', { ...note, times: note.times + 1 });
  }

  markRead(note: SeenNote): void {
    this.store.delete(`people.unread.${this.owner}`, note.id);
    this.put('seen', { ...note, read: true });
  }

  unread(): SeenNote[] {
    const ids = this.store.entries(`people.unread.${this.owner}`).map(([id]) => id);
    return ids.map((id) => this.seen(id)).filter((note) => note !== undefined);
  }

  send(message: Omit<SentNote, 'n' | 'acked' | 'error' | 'receipts'>): SentNote {
    const note = { ...message, n: this.count('sent'), acked: false, error: null, receipts: [] };
    this.store.put(`people.unacked.${this.owner}`, note.id, pack(note.n));
    this.put('sent', note);
    return note;
  }

  acked(id: string, error: string | null): void {
    const note = this.sent(id);
    if (!note) return;
    this.store.delete(`people.unacked.${this.owner}`, id);
    this.put('sent', { ...note, acked: error === null, error });
  }

  receipt(id: string, receipt: SentMessage['receipts'][number]): void {
    const note = this.sent(id);
    if (note) this.put('sent', { ...note, receipts: [...note.receipts, receipt] });
  }

  /** Sent, as far as is known not yet taken by the network: in order. */
  unacked(): SentNote[] {
    const ids = this.store.entries(`people.unacked.${this.owner}`).map(([id]) => id);
    const notes = ids.map((id) => this.sent(id)).filter((note) => note !== undefined);
    return notes.sort((a, b) => a.n - b.n);
  }

  keepAsked(asked: Asked): void {
    this.store.put(`people.polls.${this.owner}`, asked.id, pack(asked));
  }

  /** What opens the votes of a poll, or the answers to an event, that was seen or sent. */
  asked(id: string): Asked | undefined {
    const bytes = this.store.get(`people.polls.${this.owner}`, id);
    return bytes && unpack<Asked>(bytes);
  }

  seen(id: string): SeenNote | undefined {
    return this.byId('seen', id);
  }

  sent(id: string): SentNote | undefined {
    return this.byId('sent', id);
  }

  seenAfter(n: number, limit: number): SeenNote[] {
    return this.after(`people.seen.${this.owner}`, n, limit);
  }

  /** The file of a message that was seen, when there was one. */
  media(id: string): KeptMedia | undefined {
    return this.seen(id)?.kept;
  }

  sentAfter(n: number, limit: number): SentNote[] {
    return this.after(`people.sent.${this.owner}`, n, limit);
  }

  private put(which: 'seen' | 'sent', note: SeenNote | SentNote): void {
    this.store.put(`people.${which}.${this.owner}`, keyOf(note.n), pack(note));
    if (this.store.get(`people.${which}-ids.${this.owner}`, note.id)) return;
    this.store.put(`people.${which}-ids.${this.owner}`, note.id, Buffer.from(keyOf(note.n)));
  }

  private byId<T>(which: 'seen' | 'sent', id: string): T | undefined {
    const key = this.store.get(`people.${which}-ids.${this.owner}`, id);
    const bytes = key && this.store.get(`people.${which}.${this.owner}`, Buffer.from(key).toString());
    return bytes && unpack<T>(bytes);
  }

  failuresAfter(n: number, limit: number): Failure[] {
    return this.after(`people.failures.${this.owner}`, n, limit);
  }

  private after<T>(bucket: string, n: number, limit: number): T[] {
    return this.store.entries(bucket, keyOf(n), limit).map(([, bytes]) => unpack<T>(bytes));
  }
}
