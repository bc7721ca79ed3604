import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Watched } from '../ending.ts';
import { identify, type ProcessIdentity } from '../identity.ts';
import type { GuardMessage } from './guard.main.ts';

/** The same program whether it was built or not: specs run the sources. */
const program = fileURLToPath(new URL(`./guard.main${extname(import.meta.url)}`, import.meta.url));

/** The supervisor's end of the guard. A guard that dies is replaced and told everything again. */
export class Guard extends EventEmitter<{ changed: [] }> {
  readonly #watched = new Map<number, Watched>();
  #process: ChildProcess | undefined;
  #closed = false;

  /** Resolves when it is on duty. */
  start(): Promise<void> {
    const child = fork(program, { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    // A message to a guard that is just dying fails here; the next guard is told everything.
    child.on('error', () => undefined);
    child.on('exit', () => this.#closed || void this.start());
    this.#process = child;
    for (const watched of this.#watched.values()) this.#tell({ watch: watched });
    this.emit('changed');
    return new Promise((resolve) => child.once('message', () => resolve()));
  }

  watch(process: Watched): void {
    this.#watched.set(process.pid, process);
    this.#tell({ watch: process });
    this.emit('changed');
  }

  forget({ pid }: ProcessIdentity): void {
    this.#watched.delete(pid);
    this.#tell({ forget: pid });
    this.emit('changed');
  }

  get watched(): Watched[] {
    return [...this.#watched.values()];
  }

  get identity(): ProcessIdentity | undefined {
    return this.#process?.pid === undefined ? undefined : identify(this.#process.pid);
  }

  /** To be called when all that was watched has ended. */
  close(): void {
    this.#closed = true;
    this.#process?.kill('SIGKILL');
  }

  #tell(message: GuardMessage): void {
    if (this.#process?.connected) this.#process.send(message, () => undefined);
  }
}
