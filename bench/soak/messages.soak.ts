/**
 * A message that was accepted is seen exactly once, or says why not. Accounts send to and receive from people, by a program
 * that retries under its idempotency keys and also dies, while the worker, the api, the database or everything is killed
 * with -9, links are cut, acks are lost and stanzas come twice. The people count what they saw.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultInput } from '@trunkline/sandbox';
import type { Options } from '../support/options.ts';
import { Random } from '../support/random.ts';
import { say } from '../support/say.ts';
import { Trunkline } from '../support/trunkline.ts';
import { pause, waitFor } from '../support/wait.ts';
import { readingFaults, settled } from './audit.ts';
import { type Actor, cast, controlOf } from './cast.ts';
import { Client } from './client.ts';
import { keepEvidence } from './evidence.ts';
import { record } from './record.ts';
import { People } from './people.ts';
import { strike, VICTIMS } from './victims.ts';

const BLOWS = [...VICTIMS, 'client', 'links'] as const;
/** What the network does meanwhile; cleared after the round. */
const WEATHER: (FaultInput | undefined)[] = [
  undefined,
  { effect: { kind: 'lost-ack' }, probability: 0.3 },
  { effect: { kind: 'duplicate-delivery' }, probability: 0.3 },
  { effect: { kind: 'lost-message' }, probability: 0.1 },
];

export async function soakMessages({ quick, rounds = quick ? 20 : 100, seed, append }: Options) {
  say(`${rounds} rounds, seed ${seed}`);
  const random = new Random(seed);
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-soak-'));
  const ours = await Trunkline.start();
  try {
    const actors = await cast(ours, quick ? 6 : 20, 'silent');
    const client = new Client(folder, actors, ours, 200);
    const people = new People(ours, actors, 300);
    for (let round = 1; round <= rounds; round += 1) await playRound(round, { ours, client, random });
    await people.stop();
    await clearSky(ours);
    await people.comeBack();
    await pause(3_000); // What was asked last gets its answer.
    await client.kill();
    return await counted({ ours, actors, client, people, rounds, seed, append });
  } finally {
    await ours.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  ours: Trunkline;
  client: Client;
  random: Random;
}

async function playRound(round: number, { ours, client, random }: Stage): Promise<void> {
  const [blow, weather] = [random.pick(BLOWS), random.pick(WEATHER)];
  const startedAt = performance.now();
  if (weather) await controlOf(ours).setFault(weather);
  if (blow === 'client') await client.killAndRestart();
  else if (blow === 'links') await controlOf(ours).drop({});
  else await strike(ours, blow, random);
  client.tell(ours);
  await pause(500 + random.below(1_500));
  await clearSky(ours);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`round ${round}: ${blow}, ${weather?.effect.kind ?? 'calm'}, ${seconds} s`);
}

/** The way to the sandbox leads through the api, which may be the one that was killed. */
async function clearSky(ours: Trunkline): Promise<void> {
  await waitFor('the faults to be cleared', () => controlOf(ours).clearFaults().then(yes), { everyMs: 200 });
}

const yes = () => true;

interface Run {
  ours: Trunkline;
  actors: Actor[];
  client: Client;
  people: People;
  rounds: number;
  seed: number;
  append: boolean;
}

async function counted({ ours, actors, client, people, rounds, seed, append }: Run) {
  const { accepted, refused, open } = client.ledger();
  const verdict = await settled(ours, actors, { accepted, written: people.written });
  const { unreadable, reused } = await readingFaults(ours, actors);
  for (const finding of verdict.findings) say(finding);
  if (verdict.bad > 0) {
    await keepEvidence(
      ours,
      actors.map(({ accountId }) => accountId),
      verdict,
    );
  }
  for (const body of refused) say(`refused: ${JSON.stringify(body)}`);
  say(`${open} calls had no answer when the program ended; ${reused} reused counters at people`);
  const bad = verdict.bad + refused.length + unreadable + reused;
  const { lost, doubled } = verdict;
  const figures = {
    rounds,
    sent: accepted.length,
    received: people.written.length,
    lost,
    doubled,
    unreadable,
    bad,
  };
  if (append) record('messages', { seed, accounts: actors.length, ...figures });
  return figures;
}
