import { randomUUID } from 'node:crypto';
import { percentile } from '../support/figures.ts';
import { accountsByName } from '../support/import.ts';
import type { BenchSandbox } from '../support/sandbox.ts';
import type { Trunkline } from '../support/trunkline.ts';
import { pause, waitFor } from '../support/wait.ts';
import type { Cast } from './cases.ts';

const PER_SECOND = 20;

/** Milliseconds from the call of the API until the person's phone shows it, at 20 messages a second over all accounts. */
export async function latency(sandbox: BenchSandbox, ours: Trunkline, { seeds, people }: Cast, seconds: number) {
  const ids = await accountsByName(ours);
  const called = new Map<string, number>();
  const total = PER_SECOND * seconds;
  const startedAt = performance.now();
  const calls: Promise<unknown>[] = [];
  for (let n = 0; n < total; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1000) / PER_SECOND - performance.now()));
    const text = `timed ${randomUUID()}`;
    called.set(text, Date.now());
    const index = n % seeds.length;
    calls.push(ours.api.send({ accountId: ids.get(seeds[index]!.name)!, to: `+${people[index]!}`, text }));
  }
  await Promise.all(calls);
  const took = await waitFor('all to be seen', async () => {
    const found = await times(sandbox, people, called);
    return found.length === total && found;
  });
  return { p50ms: percentile(took, 0.5), p99ms: percentile(took, 0.99) };
}

async function times(sandbox: BenchSandbox, people: string[], called: Map<string, number>): Promise<number[]> {
  const found: number[] = [];
  for (const person of people) {
    for (let after = 0; ;) {
      const { items, next } = await sandbox.control.seen(person, { after, limit: 1000 });
      for (const { text, at } of items) if (called.has(text)) found.push(at - called.get(text)!);
      if (items.length < 1000) break;
      after = next;
    }
  }
  return found;
}
