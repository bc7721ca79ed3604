/**
 * Nobody scans twice. Accounts receive and send while workers, the api, the database and everything are killed with -9. A
 * round is one kill at a random moment and the return of all: every account sends a message and gets the answer to it.
 */
import type { Options } from '../support/options.ts';
import { Random } from '../support/random.ts';
import { say } from '../support/say.ts';
import { Trunkline } from '../support/trunkline.ts';
import { waitFor } from '../support/wait.ts';
import { arrived, qrsSince, readingFaults, settled } from './audit.ts';
import { type Actor, cast } from './cast.ts';
import { People } from './people.ts';
import { record } from './record.ts';
import { Traffic } from './traffic.ts';
import { strike, VICTIMS } from './victims.ts';

/** How long an account may take to be there again, both ways, before it counts as stuck. */
const BACK_WITHIN_MS = 60_000;

export async function soakAccounts({ quick, rounds = quick ? 20 : 100, seed, append }: Options) {
  say(`${rounds} rounds, seed ${seed}`);
  const random = new Random(seed);
  const ours = await Trunkline.start();
  try {
    const actors = await cast(ours, quick ? 5 : 10, 'echo');
    const linkedAt = new Date();
    const traffic = new Traffic(ours, actors, 300);
    const people = new People(ours, actors, 300);
    let stuck = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const victim = random.pick(VICTIMS);
      const startedAt = performance.now();
      await strike(ours, victim, random);
      const late = await returned(ours, traffic, actors);
      stuck += late;
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      say(`round ${round}: ${victim}, all back in ${seconds} s${late ? `, but for ${late}` : ''}`);
    }
    await Promise.all([traffic.stop(), people.stop()]);
    const verdict = await settled(ours, actors, { accepted: traffic.accepted, written: people.written });
    const faults = await readingFaults(ours, actors);
    const rescans = await qrsSince(ours, linkedAt);
    for (const finding of verdict.findings) say(finding);
    const figures = { rounds, rescans, unreadable: faults.unreadable + verdict.lost, reused: faults.reused, stuck };
    if (append) record('accounts', { seed, accounts: actors.length, ...figures, doubled: verdict.doubled });
    return figures;
  } finally {
    await ours.stop();
  }
}

/** Waits for a round trip of each account; how many had none in time. */
async function returned(ours: Trunkline, traffic: Traffic, actors: Actor[]): Promise<number> {
  const sent = await Promise.all(actors.map((actor) => traffic.send(actor)));
  const missing = async () => {
    const texts = sent.map(({ text }) => text);
    const echoes = await arrived(ours, texts);
    return texts.filter((text) => !echoes.has(text)).length;
  };
  const options = { withinMs: BACK_WITHIN_MS, everyMs: 200 };
  await waitFor('the echoes', async () => (await missing()) === 0, options).catch(() => undefined);
  return missing();
}
