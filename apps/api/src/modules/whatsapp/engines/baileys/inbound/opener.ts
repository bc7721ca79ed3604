/**
 * Opens the ciphertexts of one stanza. A ratchet step, the plaintext (by the hash of its ciphertext) and the message that
 * it makes are written in one synchronous step, so a crash keeps all of them or none; and a ciphertext that comes again
 * is answered from what was kept, since its key is spent (protocol.md S22, B.7).
 */
import { createHash } from 'node:crypto';
import { getAllBinaryNodeChildren, type BinaryNode, type proto } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { SignalError, type SignalFailure } from '../signal/signal.error.js';
import type { Envelope } from './envelope.js';
import { openPlaintext, unpad, type Opened } from './plaintext.js';

export type Outcome =
  | { state: 'opened'; messages: proto.IMessage[] }
  | { state: 'unreadable'; failure: SignalFailure }
  | { state: 'empty' };

/** Called with what was opened for the first time, in the step that makes it durable. */
export type Tell = (opened: Opened, plaintext: Uint8Array) => void;

export class Opener {
  constructor(private readonly account: AccountContext) {}

  async open(node: BinaryNode, envelope: Envelope, tell: Tell): Promise<Outcome> {
    const messages: proto.IMessage[] = [];
    for (const child of getAllBinaryNodeChildren(node)) {
      if (!isCiphertext(child)) continue;
      const opened = await this.openOne(child, envelope, tell);
      if ('failure' in opened) return { state: 'unreadable', failure: opened.failure };
      await this.learnKey(opened.message, envelope);
      messages.push(opened.message);
    }
    return messages.length > 0 ? { state: 'opened', messages } : { state: 'empty' };
  }

  private async openOne(
    child: Ciphertext,
    envelope: Envelope,
    tell: Tell,
  ): Promise<Opened | { failure: SignalFailure }> {
    const key = keyOf(child, envelope);
    const kept = (await this.account.journal.get('plaintext', [key])).get(key);
    if (kept) return openPlaintext(kept, envelope.fromMe);
    let result: Opened | undefined;
    const keep = (padded: Uint8Array): void => {
      const plaintext = child.tag === 'plaintext' ? padded : tryUnpad(padded);
      if (!plaintext) return;
      this.account.journal.put('plaintext', key, plaintext);
      result = tryOpen(plaintext, envelope.fromMe);
      if (result) tell(result, plaintext);
    };
    try {
      await this.decrypt(child, envelope, keep);
    } catch (error) {
      return { failure: SignalError.from(error).failure };
    }
    return result ?? { failure: 'unreadable' };
  }

  private async decrypt(child: Ciphertext, envelope: Envelope, keep: (plaintext: Uint8Array) => void): Promise<void> {
    const { sessions, groups } = this.account.signal;
    const { author, from } = envelope;
    if (child.tag === 'plaintext') keep(child.content);
    else if (child.attrs.type === 'skmsg') await groups.decrypt(from, author, child.content, keep);
    else if (child.attrs.type === 'pkmsg' || child.attrs.type === 'msg')
      await sessions.decrypt(author, child.attrs.type, child.content, keep);
    else throw new SignalError('unreadable');
  }

  /** A member gives us the key of what they send to the group. Taking it twice changes nothing. */
  private async learnKey({ senderKeyDistributionMessage: key }: proto.IMessage, { author }: Envelope): Promise<void> {
    const bytes = key?.axolotlSenderKeyDistributionMessage;
    if (key?.groupId && bytes) await this.account.signal.groups.learn(key.groupId, author, bytes).catch(ignoreBadKey);
  }
}

/** What it should have opened asks for a retry by itself. */
function ignoreBadKey(): void {}

/** What is not sealed is the same whenever the same is said: then it is the id that tells two apart, and when it was edited. */
const keyOf = ({ tag, content }: Ciphertext, { from, id, change }: Envelope): string =>
  createHash('sha256')
    .update(tag === 'plaintext' ? `${from} ${id} ${change?.when ?? ''}` : '')
    .update(content)
    .digest('hex');

type Ciphertext = BinaryNode & { content: Uint8Array };

const isCiphertext = (child: BinaryNode): child is Ciphertext =>
  (child.tag === 'enc' || child.tag === 'plaintext') && child.content instanceof Uint8Array;

function tryUnpad(padded: Uint8Array): Uint8Array | undefined {
  try {
    return unpad(padded);
  } catch {
    return undefined; // authentic, but nothing that we can read: treated as unreadable
  }
}

function tryOpen(plaintext: Uint8Array, fromMe: boolean): Opened | undefined {
  try {
    return openPlaintext(plaintext, fromMe);
  } catch {
    return undefined; // as above
  }
}
