import { two } from '../support/figures.ts';
import { accountsByName } from '../support/import.ts';
import { rssKb } from '../support/machine.ts';
import type { BenchSandbox } from '../support/sandbox.ts';
import { say } from '../support/say.ts';
import type { Trunkline } from '../support/trunkline.ts';
import type { Case, Cast } from './cases.ts';
import { itemsOf, sendAll } from './our.side.ts';
import { rateOf } from './people.ts';

/** What must not grow: the cost of a group message with its history, and that of a claim with the length of the queue. */
export async function flatness(sandbox: BenchSandbox, ours: Trunkline, cast: Cast): Promise<void> {
  const ids = await accountsByName(ours);
  const rate = (each: Case) =>
    rateOf(sandbox, each, () =>
      sendAll(
        ours,
        each.jobs.flatMap((job) => itemsOf(ids, job)),
      ),
    );
  const group = cast.cases.find(({ name }) => name === 'group')!;
  const hundreds = { ...group, jobs: group.jobs.map((job) => ({ ...job, count: 250 })) };
  const first = await rate(hundreds);
  for (let more = 0; more < 3; more += 1) await rate(hundreds);
  const later = await rate(hundreds);
  say(`group: ${first.toFixed(0)} msg/s, and after 1,000 messages ${later.toFixed(0)} msg/s (${two(later / first)})`);
  await longQueue(ours, rate, cast);
}

/** 100,000 messages that wait for tomorrow stand in front of those that may go now. */
async function longQueue(ours: Trunkline, rate: (each: Case) => Promise<number>, { cases, seeds }: Cast) {
  const ids = await accountsByName(ours);
  const { pid } = ours.worker()!;
  const fifty = cases.find(({ name }) => name === 'ratio50')!;
  const [before, kb] = [await rate(fifty), rssKb(pid)];
  const notBefore = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const share = 100_000 / 50;
  for (const [index, seed] of seeds.slice(0, 50).entries()) {
    const job = { seed, to: fifty.jobs[index]!.to, count: share };
    const later = itemsOf(ids, job).map((item) => ({ ...item, message: { ...item.message, notBefore } }));
    await sendAll(ours, later);
  }
  const after = await rate(fifty);
  say(
    `50 accounts: ${before.toFixed(0)} msg/s; with 100,000 queued ${after.toFixed(0)} msg/s (${two(after / before)})`,
  );
  say(`RSS of the worker ${kb} KB; with 100,000 queued ${rssKb(pid)} KB`);
}
