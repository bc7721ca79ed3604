/**
 * Keeps a person's reply rule. What a rule asks for is planned in the transaction that notes the message, and is gone
 * in the one that notes the answer: a crash in between neither loses an answer nor gives it twice.
 */
import { pack, unpack } from '../store/records.js';
import { textMessage } from './content.js';
import { isAnswerId, newAnswerId } from './message.id.js';
import type { SeenNote } from './notebook.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';
import { readReceipts } from './receipts.js';

interface Plan {
  /** Milliseconds since 1970. */
  at: number;
  /** The id of the answer, or null to read only. */
  answer: string | null;
}

export class Answers {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly working = new Set<Promise<void>>();
  private fresh: [id: string, plan: Plan][] = [];
  private running = false;

  constructor(private readonly person: Person) {}

  /** Call within the transaction that notes the message. */
  plan(note: SeenNote): void {
    const { rule } = this.person.profile;
    if (note.fromMe || rule.kind === 'silent') return;
    const answers = rule.kind !== 'mute' && note.kind === 'text' && !isAnswerId(note.id);
    const at = this.person.world.now() + (rule.kind === 'slow' ? rule.delayMs : 0);
    const plan: Plan = { at, answer: answers ? newAnswerId() : null };
    this.person.world.store.put(this.bucket, note.id, pack(plan));
    this.fresh.push([note.id, plan]);
  }

  start(): void {
    this.running = true;
    this.fresh = this.person.world.store.entries(this.bucket).map(([id, bytes]) => [id, unpack<Plan>(bytes)]);
    this.look();
  }

  /** What is being done is finished; what was planned is kept for the next start. */
  async stop(): Promise<void> {
    this.running = false;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    await Promise.all(this.working);
  }

  /** Sets a timer for each new plan. Call once the plans are durable. */
  look(): void {
    if (!this.running) return;
    const { now } = this.person.world;
    for (const [id, plan] of this.fresh) {
      if (this.timers.has(id)) continue;
      this.timers.set(
        id,
        setTimeout(() => this.begin(id, plan), Math.max(0, plan.at - now())),
      );
    }
    this.fresh = [];
  }

  private begin(id: string, plan: Plan): void {
    this.timers.delete(id);
    const work = this.carryOut(id, plan).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async carryOut(id: string, plan: Plan): Promise<void> {
    await this.read([id]);
    const done = () => this.person.world.store.delete(this.bucket, id);
    const note = this.person.notebook.seen(id);
    if (!note || plan.answer === null) return done();
    const { chat: to, kind, text } = note;
    try {
      await this.person.outbound.send({ id: plan.answer, to, message: textMessage(text), kind, text }, done);
    } catch (error) {
      // Whom the rule would answer has changed the number meanwhile: nobody is there to read it.
      if (!(error instanceof Refusal)) throw error;
      done();
    }
  }

  /** Reads these messages, or all that are unread, and tells their authors. */
  async read(ids?: string[]): Promise<void> {
    const { notebook, world, line } = this.person;
    const notes = ids ? ids.map((id) => notebook.seen(id)) : notebook.unread();
    const unread = notes.filter((note) => note !== undefined && !note.read && !note.fromMe) as SeenNote[];
    world.store.transaction(() => unread.forEach((note) => notebook.markRead(note)));
    world.changes.announce();
    for (const receipt of readReceipts(unread, world.now())) await line.submit(receipt);
  }

  private get bucket(): string {
    return `people.plans.${this.person.profile.lid}`;
  }
}
