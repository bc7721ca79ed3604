/**
 * How fast messages reach people, counted at the people. Both sides have the same accounts, and are never online at once;
 * the product is what `npm start` runs: every message is a row before it is sent, and durable at each step. Raw Baileys
 * keeps everything in memory and is asked directly; it may choose how many sends it has under way. The product is asked by
 * its API from outside, in batches of a hundred, each after the answer to the one before; the time of that is in its rate.
 * Either does each case three times: raw Baileys with 1, 8 and 64 under way, of which the best counts, the product in the same
 * way, of which the median does.
 *
 * `group` and the ratios are ours by raw, the median of the pairs. A case is left out as `-` when its accounts are too few.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, two } from '../support/figures.ts';
import { importSeeds } from '../support/import.ts';
import type { Options } from '../support/options.ts';
import { BenchSandbox } from '../support/sandbox.ts';
import { say } from '../support/say.ts';
import { seed } from '../support/seed.ts';
import { Trunkline } from '../support/trunkline.ts';
import { type Cast, castFor } from './cases.ts';
import { flatness } from './flatness.ts';
import { latency } from './latency.ts';
import { ourRates } from './our.side.ts';
import { rawRates } from './raw.side.ts';

const PAIRS = 3;
const ACCOUNTS = 200;

export async function benchSend({ quick }: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'));
  const sandbox = await BenchSandbox.start();
  let ours: Trunkline | undefined;
  try {
    const seeds = await seed(sandbox, ACCOUNTS, folder, 'sender');
    const cast = await castFor(sandbox, seeds);
    ours = await Trunkline.start(sandbox);
    await importSeeds(ours, seeds);
    const ratios = await pairs(sandbox, ours, cast);
    await ours.startAgain();
    await ours.online(seeds.length);
    const { p50ms, p99ms } = await latency(sandbox, ours, cast, quick ? 10 : 60);
    if (!quick) await flatness(sandbox, ours, cast);
    return { ...ratios, p50ms: Math.round(p50ms), p99ms: Math.round(p99ms) };
  } finally {
    await ours?.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In turn: while the one side runs the other is down, since they are the same devices. Ends with the product down. */
async function pairs(sandbox: BenchSandbox, ours: Trunkline, cast: Cast): Promise<Record<string, string>> {
  const ratios = new Map<string, number[]>(cast.cases.map(({ name }) => [name, []]));
  await ours.killAll();
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const raw = await rawRates(sandbox, cast);
    await ours.startAgain();
    await ours.online(cast.seeds.length);
    const mine = await ourRates(sandbox, ours, cast);
    await ours.killAll();
    for (const { name } of cast.cases) {
      const [theirs, own] = [raw.get(name)!, mine.get(name)!];
      ratios.get(name)!.push(own / theirs);
      say(`pair ${pair}, ${name}: raw ${theirs.toFixed(0)} msg/s, ours ${own.toFixed(0)} msg/s`);
    }
  }
  for (const [name, all] of ratios)
    say(`${name}: ${two(median(all))} (${two(Math.min(...all))} to ${two(Math.max(...all))})`);
  return Object.fromEntries([...ratios].map(([name, all]) => [name, two(median(all))]));
}
