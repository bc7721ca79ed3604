import { randomUUID } from 'node:crypto';
import { Raw, type RawJob } from '../support/raw.ts';
import type { BenchSandbox } from '../support/sandbox.ts';
import type { Case, Cast } from './cases.ts';
import { rateOf, warm } from './people.ts';

/** The baseline may have as many sends under way as suits it best. */
const IN_FLIGHT = [1, 8, 64];

/** Rates of unpatched Baileys for each case, the best of what it may have in flight. */
export async function rawRates(sandbox: BenchSandbox, { seeds, people, cases }: Cast): Promise<Map<string, number>> {
  const raw = new Raw();
  await raw.open(sandbox, seeds);
  const first = seeds.map((seed, index) => ({ seed, to: jid(people[index]!), texts: [`warm ${randomUUID()}`] }));
  await warm(sandbox, people, () => raw.send(first, 1));
  const group = cases.find(({ name }) => name === 'group')!;
  await rateOf(sandbox, { ...group, jobs: group.jobs.map((job) => ({ ...job, count: 1 })) }, () =>
    raw.send(
      group.jobs.map((job) => jobOf({ ...job, count: 1 })),
      1,
    ),
  );
  const rates = new Map<string, number>();
  for (const each of cases) rates.set(each.name, await best(sandbox, raw, each));
  await raw.stop();
  return rates;
}

async function best(sandbox: BenchSandbox, raw: Raw, each: Case): Promise<number> {
  const rates: number[] = [];
  for (const inFlight of IN_FLIGHT)
    rates.push(await rateOf(sandbox, each, () => raw.send(each.jobs.map(jobOf), inFlight)));
  return Math.max(...rates);
}

function jobOf({ seed, to, count }: Case['jobs'][number]): RawJob {
  return { seed, to: jid(to), texts: Array.from({ length: count }, () => `raw ${randomUUID()}`) };
}

const jid = (to: string) => (to.endsWith('@g.us') ? to : `${to}@s.whatsapp.net`);
