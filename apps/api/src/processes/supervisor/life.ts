import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup, killGroup } from '../ending.ts';
import { identify, type ProcessIdentity } from '../identity.ts';
import type { ToChild, ToSupervisor } from '../messages.ts';
import { waitUntil } from '../wait.ts';
import type { ChildPlan } from './child-plan.ts';

export interface LifeEvents {
  spawned(identity: ProcessIdentity): void;
  message(message: ToSupervisor): void;
  /** A line that it wrote, on either stream. */
  line(line: string, stream: 'stdout' | 'stderr'): void;
}

export interface End {
  livedMs: number;
  /** In words: exit code or signal, and the last it said on stderr. */
  how: string;
}

/** How many of its last lines on stderr tell why it ended. */
const rememberedLines = 6;

/** One process of a child, from spawn to exit. */
export class Life {
  readonly ended: Promise<End>;
  /** True when it became ready; false when it ended before. */
  readonly ready: Promise<boolean>;
  readonly identity: ProcessIdentity | undefined;
  readonly #process: ChildProcess;
  readonly #lastWords: string[] = [];
  readonly #startedAt = performance.now();
  #saidReady = false;

  constructor(plan: ChildPlan, events: LifeEvents) {
    this.#process = plan.spawn();
    this.ended = this.#untilEnd();
    this.identity = this.#process.pid === undefined ? undefined : identify(this.#process.pid);
    if (this.identity) events.spawned(this.identity);
    this.#listen(events);
    this.ready = this.#untilReady(plan);
  }

  send(message: ToChild): boolean {
    return this.#process.connected && this.#process.send(message, () => undefined);
  }

  /** Politely, then by force after `withinMs`. */
  async end(withinMs: number): Promise<void> {
    if (this.identity) await endGroup(this.identity, withinMs);
    await this.ended;
  }

  #listen(events: LifeEvents): void {
    this.#process.on('message', (message: ToSupervisor) => {
      if (message.type === 'ready') this.#saidReady = true;
      events.message(message);
    });
    for (const name of ['stdout', 'stderr'] as const) {
      const input = this.#process[name];
      if (!input) continue;
      createInterface({ input }).on('line', (line) => {
        if (name === 'stderr') this.#remember(line);
        events.line(line, name);
      });
    }
  }

  #remember(line: string): void {
    if (!line.trim() || /^(at |Node\.js v)/.test(line.trim())) return; // A stack tells a person nothing.
    this.#lastWords.push(line.trim());
    if (this.#lastWords.length > rememberedLines) this.#lastWords.shift();
  }

  async #untilReady(plan: ChildPlan): Promise<boolean> {
    const asked = async () => this.#hasEnded || this.#saidReady || ((await plan.isReady?.()) ?? false);
    const inTime = await waitUntil(asked, { withinMs: plan.readyWithinMs });
    if (!inTime) this.#process.kill('SIGKILL');
    return inTime && !this.#hasEnded;
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined;
  }

  #untilEnd(): Promise<End> {
    return new Promise((resolve) => {
      const end = (how: string) => {
        const words = [how, ...this.#lastWords].join(' | ');
        resolve({ livedMs: performance.now() - this.#startedAt, how: words });
      };
      // `close` comes when its streams were read to their ends; what it started may hold them open for longer.
      const closed = (code: number | null, signal: string | null) => end(signal ?? `exit code ${code}`);
      this.#process.once('close', closed);
      this.#process.once('exit', (code, signal) => {
        // Killed, it could take nothing along; what it started would hold its streams open, and live on unwatched.
        if (this.identity) killGroup(this.identity);
        setTimeout(closed, 500, code, signal).unref();
      });
      this.#process.once('error', (error) => end(error.message));
    });
  }
}
