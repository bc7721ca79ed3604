import { fromBytes, sharedBytes } from '../protocol/codec.js';
import { parseJid } from '../protocol/jid.js';
import type { Node } from '../protocol/node.js';
import type { Store } from '../store/store.js';

/** A stanza that its device has not acknowledged yet. */
export interface Mail {
  number: number;
  stanza: Node;
}

/** What an `ack` or a `receipt` says about the stanza it is for. */
export interface Acknowledgement {
  tag: string;
  id: string;
  /** The author as the device saw it: with or without its device number. */
  from?: string | undefined;
  participant?: string | undefined;
  type?: string | undefined;
}

/** The stanzas that wait for one device, in order, kept until they are acknowledged. */
export class Mailbox {
  private readonly queue = new Map<number, Mail>();
  /** By tag and id: a long queue must not make each acknowledgement slow. */
  private readonly index = new Map<string, Mail[]>();
  private last = 0;

  constructor(
    private readonly store: Store,
    private readonly bucket: string,
  ) {
    for (const [key, bytes] of store.entries(bucket)) {
      this.last = Number(key);
      this.keep({ number: this.last, stanza: fromBytes(bytes) });
    }
  }

  put(stanza: Node): Mail {
    const mail = { number: ++this.last, stanza };
    this.store.put(this.bucket, rowKey(mail.number), sharedBytes(stanza));
    this.keep(mail);
    return mail;
  }

  waiting(): Mail[] {
    return [...this.queue.values()];
  }

  first(): Mail | undefined {
    return this.queue.values().next().value;
  }

  holds(mail: Mail): boolean {
    return this.queue.has(mail.number);
  }

  remove(mail: Mail): boolean {
    if (!this.queue.delete(mail.number)) return false;
    const key = indexKey(mail.stanza.tag, mail.stanza.attrs.id);
    const rest = this.index.get(key)?.filter((each) => each !== mail) ?? [];
    if (rest.length > 0) this.index.set(key, rest);
    else this.index.delete(key);
    this.store.delete(this.bucket, rowKey(mail.number));
    return true;
  }

  /** Removes the stanza that fits best: ids are not unique over senders and kinds of receipt. */
  acknowledge(what: Acknowledgement): Mail | undefined {
    const same = this.index.get(indexKey(what.tag, what.id)) ?? [];
    const mail = same.find(({ stanza }) => isExactly(stanza, what)) ?? same[0];
    if (mail) this.remove(mail);
    return mail;
  }

  clear(): void {
    this.queue.clear();
    this.index.clear();
    this.store.clear(this.bucket);
  }

  private keep(mail: Mail): void {
    this.queue.set(mail.number, mail);
    const key = indexKey(mail.stanza.tag, mail.stanza.attrs.id);
    const same = this.index.get(key);
    if (same) same.push(mail);
    else this.index.set(key, [mail]);
  }
}

function indexKey(tag: string, id: string | undefined): string {
  return `${tag} ${id}`;
}

function isExactly(stanza: Node, { from, participant, type }: Acknowledgement): boolean {
  if (from !== undefined && !sameUser(stanza.attrs.from, from)) return false;
  if (participant !== undefined && !sameUser(stanza.attrs.participant, participant)) return false;
  return stanza.tag === 'message' || stanza.attrs.type === type;
}

function sameUser(a: string | undefined, b: string): boolean {
  return a === b || parseJid(a)?.user === parseJid(b)?.user;
}

/** Padded, so that the store's order of keys is the order of arrival. */
function rowKey(number: number): string {
  return String(number).padStart(12, '0');
}
