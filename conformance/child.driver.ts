import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ClientEvent, ClientName, Driver, Start, Verb, Verbs } from './driver.js';

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}
type Told = { account: string | null; event: ClientEvent } | Answer;

/** A foreign client in a process of its own; the protocol is at the head of `clients/child.mjs`. */
export class ChildDriver implements Driver {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, PromiseWithResolvers<void>>();
  private readonly listeners = new Map<string, (event: ClientEvent) => void>();
  private last = 0;
  /** What went wrong in the process without being any account's. */
  readonly crashes: string[] = [];

  constructor(
    readonly client: Exclude<ClientName, 'trunkline'>,
    start: Start,
  ) {
    const script = fileURLToPath(new URL(`./clients/${client}/driver.mjs`, import.meta.url));
    this.child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // As the sandbox tells users to: their libraries take no authority of their own.
      env: { ...process.env, ...(start.mediaCa && { NODE_EXTRA_CA_CERTS: start.mediaCa.file }) },
    });
    this.child.once('exit', (code, signal) => this.ended(`${client} ended: ${signal ?? code}`));
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.heard(JSON.parse(line) as Told));
    this.write(start);
  }

  ask<V extends Verb>(account: string, verb: V, args: Parameters<Verbs[V]>[0]): Promise<void> {
    const id = ++this.last;
    const answer = Promise.withResolvers<void>();
    this.pending.set(id, answer);
    this.write({ id, account, verb, args });
    return answer.promise;
  }

  hear(account: string, listener: (event: ClientEvent) => void): void {
    this.listeners.set(account, listener);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin!.end();
    await gone;
  }

  private write(line: unknown): void {
    this.child.stdin!.write(`${JSON.stringify(line)}\n`);
  }

  private heard(told: Told): void {
    if ('id' in told) return this.answered(told);
    if (told.account !== null) this.listeners.get(told.account)?.(told.event);
    else if (told.event.type === 'crash') this.crashes.push(told.event.detail);
  }

  private answered({ id, error }: Answer): void {
    const answer = this.pending.get(id);
    this.pending.delete(id);
    if (error === undefined) answer?.resolve();
    else answer?.reject(new Error(error));
  }

  private ended(detail: string): void {
    for (const answer of this.pending.values()) answer.reject(new Error(detail));
    this.pending.clear();
  }
}
