import { median, two } from '../support/figures.ts';
import { rssKb } from '../support/machine.ts';
import type { BenchSandbox } from '../support/sandbox.ts';
import { say } from '../support/say.ts';
import type { Seed } from '../support/seed.ts';
import { allConnected, type Trunkline } from '../support/trunkline.ts';
import { accountsByName } from '../support/import.ts';

const SENDS = 40;
/** What grows without end grows in each of them; what waits for the garbage collector goes up and down (docs/performance.md). */
const QUARTERS = 4;

/** One account loses its connection again and again; memory and the time of a send are read before, on the way and after. */
export async function reconnects(sandbox: BenchSandbox, ours: Trunkline, { number, name }: Seed, times: number) {
  const { pid } = ours.worker()!;
  const person = await sandbox.control.createPerson({ rule: { kind: 'silent' } });
  const account = (await accountsByName(ours)).get(name)!;
  const reading = async () => ({ kb: rssKb(pid), ms: await sendMs(ours, account, `+${person.number}`) });
  await reading();
  const readings = [await reading()];
  for (let time = 1; time <= times; time += 1) {
    const events = await ours.events();
    const from = Date.now();
    await sandbox.control.drop({ account: number });
    await allConnected(events, 1, from);
    events.close();
    if (time % Math.ceil(times / QUARTERS) === 0) readings.push(await reading());
  }
  say(`${times} reconnects of one account: a send took ${readings.map(({ ms }) => two(ms)).join(', ')} ms on the way`);
  say(`${times} reconnects of one account: RSS of the worker ${readings.map(({ kb }) => kb).join(', ')} KB on the way`);
}

/** From the call until the server's ack. */
async function sendMs(ours: Trunkline, accountId: string, to: string): Promise<number> {
  const events = await ours.events();
  const took: number[] = [];
  for (let turn = 0; turn < SENDS; turn += 1) {
    const from = performance.now();
    const { id } = await ours.api.send({ accountId, to, text: `reading ${turn}` });
    await events.next('message.status', ({ payload }) => payload.messageId === id && payload.status !== 'sending');
    took.push(performance.now() - from);
  }
  events.close();
  return median(took);
}
