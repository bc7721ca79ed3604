/**
 * The far side of one connection without a socket, for specs of single parts: it takes stanzas, answers queries, and can
 * speak first. What Baileys would do between the two is left out.
 */
import { EventEmitter } from 'node:events';
import { initAuthCreds, type AuthenticationCreds, type BinaryNode, type WASocket } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { Wire } from '../connection/wire.js';
import { People } from '../people.js';
import { openSignalRepository } from '../signal/signal.repository.js';
import { MemoryJournal } from '../../testing/memory-journal.js';

/** The children of the answer; null for an answer that never comes. */
export type Answering = (query: BinaryNode) => BinaryNode[] | null;

export const node = (tag: string, attrs: Record<string, string> = {}, content?: BinaryNode['content']): BinaryNode => ({
  tag,
  attrs,
  ...(content === undefined ? {} : { content }),
});

export class FakeNetwork {
  readonly taken: BinaryNode[] = [];
  readonly journal = new MemoryJournal();
  readonly creds: AuthenticationCreds = {
    ...initAuthCreds(),
    account: { details: Buffer.from('d'), accountSignatureKey: Buffer.alloc(32, 1) },
    me: { id: '100:3@s.whatsapp.net', lid: '500:3@lid', name: 'Shop' },
  };
  readonly ended = new AbortController();
  answer: Answering = () => [];
  closed = false;
  private readonly events = new EventEmitter();
  private tags = 0;

  readonly socket = {
    ws: Object.defineProperty(this.events, 'isOpen', { get: () => !this.closed }),
    ev: new EventEmitter(),
    serverProps: { privacyTokenOn1to1: true, lidTrustedTokenIssueToLid: false },
    generateMessageTag: () => `tag-${(this.tags += 1)}`,
    sendNode: async (stanza: BinaryNode) => this.take(stanza),
  } as unknown as WASocket;

  readonly wire = new Wire(this.socket, this.ended.signal, 100);

  readonly account: AccountContext = (() => {
    const signal = openSignalRepository(this.journal, this.creds, (people) =>
      this.journal.emit({ type: 'people', people: people as never }),
    );
    const people = new People(signal.mapping, this.creds);
    return { journal: this.journal, creds: this.creds, signal, people, wire: this.wire, socket: this.socket };
  })();

  speak(event: string, stanza: BinaryNode): void {
    this.events.emit(event, stanza);
  }

  /** What was sent with this tag. */
  sent(tag: string): BinaryNode[] {
    return this.taken.filter((stanza) => stanza.tag === tag);
  }

  /** The queries of a namespace. */
  asked(xmlns: string): BinaryNode[] {
    return this.taken.filter(({ attrs }) => attrs.xmlns === xmlns);
  }

  private take(stanza: BinaryNode): void {
    if (this.closed) throw new Error('Connection Closed');
    this.taken.push(stanza);
    if (stanza.tag !== 'iq') return;
    const content = this.answer(stanza);
    const { id = '' } = stanza.attrs;
    if (content) queueMicrotask(() => this.speak(`TAG:${id}`, node('iq', { id, type: 'result' }, content)));
  }
}
