import { fileURLToPath } from 'node:url';
import { ageMs } from './machine.ts';
import { LineChild } from './children.ts';
import type { BenchSandbox } from './sandbox.ts';
import type { Seed } from './seed.ts';

const program = fileURLToPath(new URL('../../conformance/clients/baileys/baseline.mjs', import.meta.url));

/** What one account sends: `to` as Baileys spells it. */
export interface RawJob {
  seed: Seed;
  to: string;
  texts: string[];
}

/** Unpatched Baileys, one process, with the accounts it was given. */
export class Raw {
  private readonly child = new LineChild([program]);

  /** Starts it and logs all in; resolves with the seconds from the start of the process until all are open. */
  async open(sandbox: BenchSandbox, seeds: Seed[]): Promise<number> {
    await this.child.ask('load', { url: sandbox.url, rootKey: sandbox.rootKey, files: seeds.map(({ file }) => file) });
    await this.child.ask('connect');
    return ageMs(this.child.pid) / 1000;
  }

  /** Resolves when Baileys has written all to its sockets. */
  async send(jobs: RawJob[], inFlight: number): Promise<void> {
    await this.child.ask('send', { inFlight, jobs: jobs.map(({ seed, ...job }) => ({ ...job, file: seed.file })) });
  }

  async stop(): Promise<void> {
    await this.child.ask('close');
    await this.child.stop();
  }
}
