/** What the network brings to a person. Called with one stanza at a time, in order. */
import { createHash } from 'node:crypto';
import { parseJid } from '../protocol/jid.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import { once } from '../protocol/once.js';
import { isSignedCompanion } from '../signal/companion.identity.js';
import { message as messageCodec, type Message } from '../signal/message.proto.js';
import { unpad } from '../signal/padding.js';
import { identityOf } from '../signal/prekey.message.js';
import { Unreadable } from '../signal/unreadable.js';
import { arrivalOf, bare, type Arrival } from './arrival.js';
import { aroundOf, contentOf, type Content } from './content.js';
import { answerIn } from './kinds/answer.js';
import { askedOf } from './kinds/asked.js';
import { optionsIn } from './kinds/vote.js';
import { namesOf } from './user.names.js';
import { openMedia } from './media.js';
import { mediaOf } from './media.kinds.js';
import { answerMediaRetry } from './media.retry.js';
import type { Person, Step } from './person.js';
import { deliveryReceipt, noteReceipt } from './receipts.js';
import { answerRetry, askAgain } from './retries.js';

interface Reading {
  message: Message;
  fingerprint: string;
}

/** How somebody looks has changed: what is read of it is at the network. */
const APPEARANCE: ReadonlySet<string | undefined> = new Set(['picture', 'status', 'account_sync']);

export class Inbound {
  constructor(private readonly person: Person) {}

  async take(stanza: Node): Promise<void> {
    const { tag, attrs } = stanza;
    if (tag === 'message') return this.takeMessage(stanza);
    if (tag === 'ack' && attrs.class === 'message') this.person.outbound.acked(attrs.id ?? '', attrs.error);
    if (tag === 'receipt') return this.takeReceipt(stanza);
    if (tag === 'call') return this.person.gestures.answeredBy(stanza);
    if (tag === 'chatstate') return this.person.gestures.saw(stanza);
    if (tag === 'notification') return this.takeNotification(stanza);
  }

  private async takeReceipt(stanza: Node): Promise<void> {
    if (stanza.attrs.type === 'retry') await answerRetry(this.person, stanza);
    else if (stanza.attrs.type === 'server-error') await answerMediaRetry(this.person, stanza);
    else noteReceipt(this.person, stanza);
    await this.acknowledge(stanza);
  }

  private async takeNotification(stanza: Node): Promise<void> {
    await this.acknowledge(stanza);
    if (APPEARANCE.has(stanza.attrs.type)) this.person.world.changes.announce();
    if (stanza.attrs.type === 'encrypt' && child(stanza, 'count')) await this.person.supply.refill();
    if (stanza.attrs.type === 'server_sync')
      await this.person.appStateChanged?.(children(stanza, 'collection').map(({ attrs }) => attrs.name ?? ''));
  }

  private async acknowledge({ tag, attrs: { id, from, participant, type } }: Node): Promise<void> {
    await this.person.line.submit(node('ack', { class: tag, id, to: from, participant, type }));
  }

  private async takeMessage(stanza: Node): Promise<void> {
    const arrival = arrivalOf(this.person.world.network, stanza);
    if (!arrival) return;
    const reply = await this.person.turn(async (step) => this.readAndNote(step, arrival));
    if (reply) await this.person.line.submit(reply);
    this.person.answers.look();
  }

  /** Returns the receipt that the sender gets. */
  private async readAndNote(step: Step, arrival: Arrival): Promise<Node | undefined> {
    try {
      const { message, fingerprint } = await this.decrypt(step, arrival);
      return await this.note(step, arrival, message, fingerprint);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return this.noteFailure(step, arrival, error);
    }
  }

  private async decrypt(step: Step, arrival: Arrival): Promise<Reading> {
    let reading: Reading | undefined;
    for (const enc of children(arrival.stanza, 'enc')) {
      const bytes = bytesOf(enc) ?? new Uint8Array(0);
      const message = decoded(await this.open(step, arrival, enc.attrs.type ?? '', bytes));
      await this.learnSenderKey(step, arrival, message);
      reading = { message, fingerprint: fingerprintOf(bytes) };
    }
    if (!reading) throw new Unreadable('unknown', 'a message without enc');
    return reading;
  }

  private open(step: Step, arrival: Arrival, type: string, bytes: Uint8Array): Promise<Uint8Array> {
    const { author, group, stanza } = arrival;
    if (type === 'skmsg') return step.sessions.decryptFromGroup(group ?? '', author, bytes);
    if (type !== 'pkmsg') return step.sessions.decrypt(author, { type: 'msg', bytes });
    if (author.device !== 0) requireSigned(stanza, bytes);
    return step.sessions.decrypt(author, { type, bytes });
  }

  private async learnSenderKey(step: Step, { author, group }: Arrival, message: Message): Promise<void> {
    const key = message.senderKeyDistributionMessage;
    const bytes = key?.axolotlSenderKeyDistributionMessage;
    if (bytes) await step.sessions.learnSenderKey(key.groupId ?? group ?? '', author, bytes);
  }

  private async note(step: Step, arrival: Arrival, message: Message, fingerprint: string): Promise<Node | undefined> {
    const { person } = this;
    if (arrival.stanza.attrs.category === 'peer') {
      person.commit(step, () => {
        person.notebook.readUnseen(arrival.id, fingerprint);
        person.peer?.(arrival, message);
      });
      return deliveryReceipt(arrival, 'peer_msg');
    }
    const copy = message.deviceSentMessage;
    const inside = copy?.message ?? message;
    const content = contentOf(inside);
    const file = mediaOf(copy?.message ?? message);
    const opened = file && (await openMedia(person.world.network.media, file));
    person.commit(step, () => {
      const before = person.notebook.seen(arrival.id);
      if (before) person.notebook.seeAgain(before);
      else if (content) {
        const whole = { ...content, detail: this.detailOf(arrival, inside, content) };
        this.see(arrival, whole, fingerprint, copy?.destinationJid, opened);
      } else person.notebook.readUnseen(arrival.id, fingerprint);
    });
    return deliveryReceipt(arrival, this.isOwn(arrival) ? 'sender' : undefined);
  }

  /** By kind, and how it stands in the chat; a poll or an event is kept for what is answered, and an answer opened by it. */
  private detailOf({ id, author }: Arrival, message: Message, content: Content): Content['detail'] {
    const { notebook, world } = this.person;
    const user = world.network.findUser(author.user);
    const names = user ? namesOf(user) : [];
    const asked = askedOf(id, message, names);
    if (asked) notebook.keepAsked(asked);
    const detail = { ...content.detail, ...this.answered(message, names), ...aroundOf(message) };
    return Object.keys(detail).length > 0 ? detail : null;
  }

  private answered(message: Message, names: string[]): Content['detail'] {
    const { pollUpdateMessage: vote, encEventResponseMessage: answer } = message;
    const to = (id: string | undefined) => this.person.notebook.asked(id ?? '');
    if (vote) {
      const poll = to(vote.pollCreationMessageKey?.id);
      return { options: (poll && optionsIn(message, poll, names)) ?? null };
    }
    const event = to(answer?.eventCreationMessageKey?.id);
    return answer ? { answer: (event && answerIn(message, event, names)) ?? null } : {};
  }

  private see(
    arrival: Arrival,
    content: Content,
    fingerprint: string,
    destination: string | undefined,
    opened: Awaited<ReturnType<typeof openMedia>> | undefined,
  ): void {
    const { notebook, world, answers } = this.person;
    const { id, author, authorJid, group } = arrival;
    const chatJid = group ?? destination ?? arrival.stanza.attrs.recipient ?? bare(authorJid);
    const name = (user: string) => world.network.findUser(user)?.pn ?? user;
    const note = notebook.see({
      id,
      ...content,
      from: name(author.user),
      fromDevice: author.device,
      fromMe: this.isOwn(arrival),
      chat: group ?? name(parseJid(chatJid)?.user ?? ''),
      addressing: parseJid(authorJid)?.domain === 'lid' ? 'lid' : 'pn',
      at: world.now(),
      fingerprint,
      chatJid,
      authorJid: bare(authorJid),
      detail: content.detail ?? null,
      media: opened?.media ?? null,
      kept: opened?.kept,
    });
    answers.plan(note);
  }

  private noteFailure(step: Step, arrival: Arrival, error: Unreadable): Node | undefined {
    const { notebook } = this.person;
    const last = children(arrival.stanza, 'enc').at(-1);
    const again = notebook.fingerprint(arrival.id) === fingerprintOf(bytesOf(last) ?? new Uint8Array(0));
    const what = error.reason === 'unknown' ? 'unreadable' : again ? 'redelivered' : 'reused';
    const from = this.person.world.network.findUser(arrival.author.user)?.pn ?? arrival.author.user;
    const at = this.person.world.now();
    this.person.commit(step, () => notebook.fail({ kind: what, id: arrival.id, from, at, reason: error.message }));
    return what === 'unreadable' ? askAgain(this.person, arrival) : deliveryReceipt(arrival);
  }

  private isOwn({ author }: Arrival): boolean {
    return author.user === this.person.profile.lid;
  }
}

/** A companion's first message proves that its phone has signed it; a phone's own key is the account's. */
function requireSigned(stanza: Node, pkmsg: Uint8Array): void {
  const proof = bytesOf(child(stanza, 'device-identity'));
  const identity = identityOf(pkmsg);
  if (!proof || !identity || !isSignedCompanion(proof, identity)) {
    throw new Unreadable('unknown', 'the sending device is not signed by its phone');
  }
}

const decoded = once((plaintext: Uint8Array): Message => {
  try {
    return messageCodec.decode(unpad(plaintext));
  } catch (error) {
    throw new Unreadable('unknown', `decrypted, but not a message: ${String(error)}`);
  }
});

const fingerprintOf = once((bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url').slice(0, 16));
