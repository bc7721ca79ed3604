/**
 * A child that speaks JSON lines: a request `{ id, verb, args }` is answered by `{ id, value }` or `{ id, error }`, and what it tells by itself is
 * `{ event }`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { within } from './wait.ts';

/** The longest that is asked of one: 200 logins, or some thousand messages, on a machine that is busy with others. */
const ANSWER_MS = 600_000;
const END_MS = 20_000;

interface Told {
  id?: number;
  value?: unknown;
  error?: string;
  event?: Record<string, unknown>;
}

export class LineChild {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  private last = 0;

  constructor(
    args: string[],
    private readonly heard: (event: Record<string, unknown>) => void = () => {},
  ) {
    this.child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.once('exit', (code, signal) => this.ended(new Error(`${args[0]} ended: ${signal ?? code}`)));
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.told(JSON.parse(line) as Told));
  }

  get pid(): number {
    return this.child.pid!;
  }

  ask<T>(verb: string, args: unknown = {}): Promise<T> {
    const id = ++this.last;
    const answer = Promise.withResolvers<unknown>();
    this.pending.set(id, answer);
    this.child.stdin!.write(`${JSON.stringify({ id, verb, args })}\n`);
    return within(answer.promise as Promise<T>, ANSWER_MS, `"${verb}" of a child`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin!.end();
    await within(gone, END_MS, 'a child').catch(() => this.kill());
  }

  /** As a machine that loses its power. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  private told({ id, value, error, event }: Told): void {
    if (event) return this.heard(event);
    const answer = this.pending.get(id ?? 0);
    this.pending.delete(id ?? 0);
    if (error === undefined) answer?.resolve(value);
    else answer?.reject(new Error(error));
  }

  private ended(error: Error): void {
    for (const answer of this.pending.values()) answer.reject(error);
    this.pending.clear();
  }
}
