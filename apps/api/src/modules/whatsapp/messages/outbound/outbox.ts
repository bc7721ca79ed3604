/**
 * Sends what an account has queued, while it is connected. Made by the account's supervisor for each verified connection
 * and stopped with it; only the owner of the account's lease has one.
 *
 * It works in rounds: when it is woken, and now and then by itself. First what an earlier connection left without an ack
 * goes again, under its id. Then rows are taken in order and handed to the engine in order, many at once: within a chat the
 * wire keeps the order of the calls. What becomes of them is told in `handed.messages.ts`.
 *
 * Where somebody asked for it, "typing…" is shown for a while first. The message stays queued meanwhile, and its chat waits
 * for it; other chats do not. What ends in that time, the process too, ends before the message was taken; so it is looked at
 * once more before it goes, as is what goes again on the same connection: the person may want no messages any more.
 *
 * Nobody else takes a queued message back: what is to be cancelled comes here, and nothing is taken until that is durable.
 */
import { type LinkPreview, MESSAGE_LANES, type MessageLane } from '@trunkline/contracts';
import type { Cancel } from '../../../../clock/clock.js';
import { Rounds } from '../../../../clock/rounds.js';
import type { Room, Verdict } from '../../../governor/send.governor.js';
import { engineMedia } from '../../media/outbound.media.js';
import { ChatsAside } from './chats.aside.js';
import { type Ack, HandedMessages, type InHand } from './handed.messages.js';
import { LinkPreviews } from './link.previews.js';
import { type Claimed, stillToSend, unconfirmedMessages } from './outbox.repository.js';
import type { OutboxStart } from './outbox.start.js';
import type { OutboxChange } from './outbox.writer.js';
import { toRequest, untilTyped } from './send.request.js';
import { ToldWait } from './told.wait.js';

/** Messages handed to the engine and not yet answered, at most; also how many rows are read at once. */
const IN_HAND = 200;
/** Looked again after this long without a wake-up; the worker looks for all its accounts at once, and more often. */
const POLL_MS = 30_000;

/** Whether anything waits, in whatever lane. */
const ONE_EACH = Object.fromEntries(MESSAGE_LANES.map((lane) => [lane, 1])) as Record<MessageLane, number>;

/** When to look again: at once, or after so many milliseconds. */
type Next = 'at once' | number;
type Held = Extract<Verdict, { verdict: 'held' }>;

export class Outbox {
  readonly #handed: HandedMessages;
  readonly #aside: ChatsAside;
  readonly #previews: LinkPreviews;
  readonly #wait: ToldWait;
  readonly #rounds = new Rounds(() => this.#round());
  #stopped = false;
  #woken = false;
  /** The last look did not see the end of the queue. */
  #more = true;
  /** Ordinal up to which what was left without an ack has gone again; undefined: all has. */
  #unconfirmedAfter: number | undefined = 0;
  /** How many wait for what they wrote. */
  #unwritten = 0;
  /** Grows with each taking back: what was read before it is not handed over after it. */
  #turn = 0;
  #cancelPoll: Cancel | undefined;

  constructor(private readonly start: OutboxStart) {
    const { clock, preview: make, change } = start;
    const wake = () => this.wake();
    const lost = () => this.stop();
    const made = (id: string, preview: LinkPreview | null): void => change({ type: 'preview', id, preview });
    this.#previews = new LinkPreviews({ clock, make, made, wake });
    this.#aside = new ChatsAside(start, { wake, lost });
    this.#wait = new ToldWait(start);
    const again = (message: InHand) => void this.#obey([message]);
    const now = (message: InHand) => this.#now(message);
    this.#handed = new HandedMessages(start, { done: () => this.#freed(), now, again, lost });
  }

  /**
   * To be called once. Most accounts have nothing that waits, and many begin at once: one statement finds those that have. What
   * an earlier connection wrote, or a cancel before this one, is in the rows first.
   */
  async begin(): Promise<void> {
    const { desk, accountId, failed } = this.start;
    const hasRows = await this.#written()
      .then(() => desk.hasRows(accountId))
      .catch((error: unknown) => (failed(error), true));
    // Woken meanwhile: it was not looked for then.
    if (hasRows || this.#woken) return this.wake();
    this.#unconfirmedAfter = undefined;
    this.#wait.nothingTold();
  }

  /** Something may have been queued. */
  wake(): void {
    if (this.#stopped) return;
    this.#woken = true;
    this.#rounds.ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelPoll?.();
    void this.#rounds.stop();
    this.#previews.stop();
    this.#handed.stop();
    this.#aside.stop();
  }

  /** Resolves when it is durable, with everything that was taken before it and nothing of what it concerns after it. */
  async takeBack(change: OutboxChange): Promise<void> {
    this.#turn += 1;
    this.start.change(change);
    await this.#written().finally(() => this.wake());
  }

  /** Nothing is read before what was written so far is in the rows: they would say what is not so any more. */
  async #written(): Promise<void> {
    this.#unwritten += 1;
    await this.start.durable().finally(() => (this.#unwritten -= 1));
  }

  /** To be called with each ack of the session. True: it is not the last word, and no step is to be written for it. */
  acked(ack: Ack): boolean {
    return this.#handed.acked(ack);
  }

  /** Of what came back or was received: that says as much as an ack. */
  received(waIds: readonly string[]): void {
    this.#handed.received(waIds);
  }

  /** True: there is more to do at once. While somebody waits for what they wrote nothing is read; they ask afterwards. */
  async #round(): Promise<boolean> {
    if (this.#stopped || this.#unwritten > 0) return false;
    this.#cancelPoll?.();
    this.#more = true;
    const next = await (this.#unconfirmedAfter === undefined ? this.#sendDue() : this.#sendUnconfirmed()).catch(
      (error: unknown) => (this.start.failed(error), POLL_MS),
    );
    if (this.#stopped) return false;
    const wait = next === 'at once' ? POLL_MS : next;
    this.#cancelPoll = this.start.clock.setTimeout(() => this.wake(), wait);
    return next === 'at once';
  }

  async #sendUnconfirmed(): Promise<Next> {
    const room = this.#hands;
    if (room <= 0) return POLL_MS;
    const { sql, accountId, linkedAt, clock, governor } = this.start;
    await governor.prepare();
    const after = this.#unconfirmedAfter ?? 0;
    const left = await unconfirmedMessages(sql, accountId, { after, limit: room, linkedAt, now: clock.now() });
    if (this.#stopped) return POLL_MS;
    this.#obey(this.#sendable(left));
    this.#unconfirmedAfter = left.length < room ? undefined : left.at(-1)!.ordinal;
    return 'at once';
  }

  /** Hands over what may go. */
  async #sendDue(): Promise<Next> {
    await this.start.governor.prepare();
    const { lanes, until } = this.#room();
    if (!MESSAGE_LANES.some((lane) => lanes[lane] > 0)) return this.#nothing(until);
    const turn = this.#turn;
    const due = await this.#read(lanes);
    const isShut = until !== null && due.length === 0 && (await this.#read(ONE_EACH)).length > 0;
    if (this.#stopped) return POLL_MS;
    if (turn !== this.#turn) return 'at once';
    const held = this.#obey(untilTyped(this.#previews.ready(this.#sendable(due))));
    this.#more = MESSAGE_LANES.some((lane) => due.filter((row) => row.lane === lane).length >= lanes[lane]);
    // What one chat is held for is told by its messages.
    const closed = held.filter(({ all }) => all === 'lane').map((each) => each.until);
    if (isShut) closed.push(until);
    this.#wait.tell(closed.length > 0 && held.length === due.length ? soonest(closed) : null);
    if (this.#more && held.length === 0 && due.length > 0) return 'at once';
    return Math.min(...[until, ...held.map((each) => each.until)].map((at) => this.#msUntil(at)));
  }

  #read(lanes: Room['lanes']): Promise<InHand[]> {
    const { desk, accountId } = this.start;
    const asideChats = [...this.#aside.chats, ...this.#previews.chats];
    return desk.next({ accountId, lanes, inHand: this.#handed.leftOut, asideChats });
  }

  /** Those that have what they need; one whose file cannot get to WhatsApp, or to whom the account has blocked, fails. */
  #sendable(messages: readonly InHand[]): InHand[] {
    return messages.filter((message) => {
      const code = message.blocked ? 'recipient_blocked' : this.#attach(message) ? undefined : 'media_failed';
      if (code) this.#handed.settle(message, { code, certain: message.attempts === 0 });
      return code === undefined;
    });
  }

  /** False: its file is not at WhatsApp, or what tells where it is does not open. No other message waits for that. */
  #attach({ file, message, accountId }: InHand): boolean {
    if (!file?.reference) return !file;
    try {
      message.media = engineMedia(file, this.start.unseal(accountId, file.id, file.reference));
      return true;
    } catch (error) {
      this.start.failed(error);
      return false;
    }
  }

  #nothing(until: Date | null): number {
    if (this.#hands > 0) this.#wait.tell(until);
    return this.#msUntil(until);
  }

  /** Does what the governor says of each; answers what it held. */
  #obey(messages: readonly InHand[]): Held[] {
    const verdicts = this.start.governor.decide(messages.map(toRequest));
    return messages.flatMap((message, place) => {
      const verdict = verdicts[place]!;
      if (verdict.verdict === 'go' && verdict.typingMs > 0) this.#type(message, verdict.typingMs);
      else if (verdict.verdict === 'go') this.#handed.hand(message);
      // One that left before may have arrived: then it is not certain.
      if (verdict.verdict === 'refused')
        this.#handed.settle(message, { code: verdict.code, certain: message.attempts === 0 });
      if (verdict.verdict !== 'held') return [];
      if (verdict.all === 'chat') this.#aside.hold(message, verdict.until);
      return [verdict];
    });
  }

  #type(message: InHand, ms: number): void {
    this.#aside.type(message, ms, () => void this.#typed(message));
  }

  async #typed(message: InHand): Promise<void> {
    const now = await this.#now(message);
    if (!this.#aside.typed(message)) return;
    const code = now?.optedOut ? 'opted_out' : now?.blocked ? 'recipient_blocked' : undefined;
    if (now && !code) this.#handed.hand(message);
    else this.start.governor.returned(message.message.waId);
    if (code) this.#handed.settle(message, { code, certain: true });
    this.wake();
  }

  /** One that was read a while ago, as its row is now; undefined where it is not to be sent any more, or that cannot be told. */
  async #now({ id }: InHand): Promise<Claimed | undefined> {
    const { sql, clock, durable, failed } = this.start;
    try {
      for (;;) {
        const turn = this.#turn;
        await durable();
        const now = await stillToSend(sql, id, clock.now());
        if (turn === this.#turn || this.#stopped) return now;
      }
    } catch (error) {
      if (!this.#stopped) failed(error);
      return undefined;
    }
  }

  #freed(): void {
    if (this.#more && this.#hands >= IN_HAND / 2) this.wake();
  }

  get #hands(): number {
    return IN_HAND - this.#handed.size - this.#aside.typing;
  }

  /** As the governor says, and as many as there are hands. */
  #room(): Room {
    const { lanes, until } = this.start.governor.room();
    const bounded = MESSAGE_LANES.map((lane) => [lane, Math.max(0, Math.min(this.#hands, lanes[lane]))]);
    return { lanes: Object.fromEntries(bounded) as Record<MessageLane, number>, until };
  }

  #msUntil(at: Date | null): number {
    return at === null ? POLL_MS : Math.min(POLL_MS, Math.max(0, at.getTime() - this.start.clock.now().getTime()));
  }
}

const soonest = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map((date) => date.getTime())));
