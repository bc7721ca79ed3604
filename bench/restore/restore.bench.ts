/**
 * How long until all linked accounts are there again, and what they take while nothing happens.
 *
 * Both sides log the same devices in on the same sandbox, in turn. Raw Baileys: from the start of its process until the last
 * account is `open`, credentials read from one file per account. Ours: from the start of the worker process, database up,
 * until the last account is *verified* by a further round trip; every session is read from PostgreSQL and unsealed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, two } from '../support/figures.ts';
import { importSeeds } from '../support/import.ts';
import { ageMs, cpuSeconds, rssKb } from '../support/machine.ts';
import type { Options } from '../support/options.ts';
import { Raw } from '../support/raw.ts';
import { BenchSandbox } from '../support/sandbox.ts';
import { say } from '../support/say.ts';
import { seed, type Seed } from '../support/seed.ts';
import { allConnected, Trunkline } from '../support/trunkline.ts';
import { pause, waitFor } from '../support/wait.ts';
import { reconnects } from './reconnects.ts';

export async function benchRestore({ quick }: Options) {
  const accounts = quick ? 50 : 200;
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'));
  const sandbox = await BenchSandbox.start();
  let ours: Trunkline | undefined;
  try {
    const seeds = await seed(sandbox, accounts, folder, 'restored');
    ours = await Trunkline.start(sandbox);
    const emptyKb = await rssOfOne(ours, seeds[0]!);
    await importSeeds(ours, seeds.slice(1));
    const product = ours;
    const { ratio } = await compare(
      `${accounts} accounts back`,
      { pairs: 3, unit: 's' },
      () => rawRestore(sandbox, seeds, product),
      () => ourRestore(product, accounts),
    );
    const idle = await whileIdle(product, accounts, emptyKb);
    await reconnects(sandbox, product, seeds[0]!, quick ? 20 : 500);
    return { ratio: two(ratio), accounts, ...idle };
  } finally {
    await ours?.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A worker with the engine loaded and one account: what the others come on top of. */
async function rssOfOne(ours: Trunkline, first: Seed): Promise<number> {
  await importSeeds(ours, [first]);
  await pause(20_000);
  return rssKb(ours.worker()!.pid);
}

/** The product is down meanwhile: two connections of one device would throw each other out. */
async function rawRestore(sandbox: BenchSandbox, seeds: Seed[], ours: Trunkline): Promise<number> {
  await ours.killAll();
  const raw = new Raw();
  const seconds = await raw.open(sandbox, seeds);
  await raw.stop();
  const startedAt = performance.now();
  await ours.startAgain();
  const events = await ours.events(0);
  await allConnected(events, seeds.length, Date.now() - (performance.now() - startedAt));
  events.close();
  say(`The whole of npm start, until the last was verified: ${two((performance.now() - startedAt) / 1000)} s`);
  return seconds;
}

async function ourRestore(ours: Trunkline, accounts: number): Promise<number> {
  const events = await ours.events();
  const before = ours.worker()!;
  const killedAt = Date.now();
  ours.kill('worker sandbox');
  const worker = await waitFor('the worker to be started again', async () => {
    const now = ours.worker();
    return now && now.pid !== before.pid && now;
  });
  const startedAt = Date.now() - ageMs(worker.pid);
  const last = await allConnected(events, accounts, killedAt);
  events.close();
  return (last - startedAt) / 1000;
}

async function whileIdle(ours: Trunkline, accounts: number, emptyKb: number) {
  const { pid } = ours.worker()!;
  say('Idle for 120 s …');
  await pause(60_000);
  const [cpu, from] = [cpuSeconds(pid), performance.now()];
  await pause(60_000);
  const idleCpu = (cpuSeconds(pid) - cpu) / ((performance.now() - from) / 1000);
  const rssPerAccountKB = Math.round((rssKb(pid) - emptyKb) / (accounts - 1));
  return { rssPerAccountKB, idleCpu: two(idleCpu) };
}
