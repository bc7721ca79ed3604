import { randomUUID } from 'node:crypto';
import type { MessageBatch, MessageBatchSend } from '@trunkline/contracts';
import type { BenchSandbox } from '../support/sandbox.ts';
import { median } from '../support/figures.ts';
import { accountsByName } from '../support/import.ts';
import type { Trunkline } from '../support/trunkline.ts';
import type { Cast, Job } from './cases.ts';
import { rateOf, warm } from './people.ts';

/** Of one call to the API: the first leave while the last are still on their way to it. */
const BATCH = 100;
/** As often as raw Baileys does each case, so that neither has its code compiled in the only round; its best, our median. */
const ROUNDS = 3;

type Item = MessageBatchSend['messages'][number];

/** Rates of the product for each case, from the first call of its API on. */
export async function ourRates(sandbox: BenchSandbox, ours: Trunkline, cast: Cast): Promise<Map<string, number>> {
  const ids = await accountsByName(ours);
  const items = (jobs: Job[]) => inTurn(jobs.map((job) => itemsOf(ids, job)));
  const first = cast.seeds.map((seed, index) => ({ seed, to: cast.people[index]!, count: 1 }));
  await warm(sandbox, cast.people, () => sendAll(ours, items(first)));
  const group = cast.cases.find(({ name }) => name === 'group')!;
  const once = { ...group, jobs: group.jobs.map((job) => ({ ...job, count: 1 })) };
  await rateOf(sandbox, once, () => sendAll(ours, items(once.jobs)));
  const rates = new Map<string, number>();
  for (const each of cast.cases) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sent = items(each.jobs);
      rounds.push(await rateOf(sandbox, each, () => sendAll(ours, sent)));
    }
    rates.set(each.name, median(rounds));
  }
  return rates;
}

/** One of each account after the other, as they all have something to say; raw Baileys is asked for all at once, too. */
function inTurn(lists: Item[][]): Item[] {
  const turns = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: turns }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}

/** In batches, one after the other, so that what is for one chat keeps its order. */
export async function sendAll(ours: Trunkline, items: Item[]): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH) {
    const messages = items.slice(from, from + BATCH);
    const answer = await ours.api.call<MessageBatch>('POST', '/whatsapp/messages/batch', { messages });
    const refused = answer.items.find(({ error }) => error);
    if (refused) throw new Error(`a message was refused: ${JSON.stringify(refused.error)}`);
  }
}

export function itemsOf(ids: Map<string, string>, { seed, to, count }: Job): Item[] {
  const accountId = ids.get(seed.name)!;
  return Array.from({ length: count }, () => ({
    idempotencyKey: randomUUID(),
    message: { accountId, to: to.endsWith('@g.us') ? to : `+${to}`, text: `ours ${randomUUID()}` },
  }));
}
