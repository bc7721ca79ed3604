import type { BenchSandbox } from '../support/sandbox.ts';
import { waitFor } from '../support/wait.ts';
import { type Case, readersOf } from './cases.ts';

/** Looked at seldom: each look costs the sandbox, which all of it goes through. The end is read off afterwards. */
const LOOK_MS = 250;

/** Counted at the people: how many messages each has seen. */
async function seenByEach(sandbox: BenchSandbox): Promise<Map<string, number>> {
  return new Map((await sandbox.control.listPeople()).map(({ number, counts }) => [number, counts.seen]));
}

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, each) => all + each, 0);

/**
 * Messages per second, from the moment `send` is called until the last person has decrypted the last message, by the
 * people's own notes of when that was.
 * @throws when not everybody saw everything within two minutes
 */
export async function rateOf(sandbox: BenchSandbox, each: Case, send: () => Promise<void>): Promise<number> {
  const messages = each.jobs.reduce((all, { count }) => all + count, 0);
  const before = await seenByEach(sandbox);
  const wanted = sum(before) + messages * readersOf(each);
  const startedAt = Date.now();
  const sending = send();
  const after = await waitFor(
    `all to see ${each.name}`,
    async () => {
      const counts = await seenByEach(sandbox);
      return sum(counts) >= wanted && counts;
    },
    { everyMs: LOOK_MS },
  );
  await sending;
  const readers = [...after].filter(([number, count]) => count > before.get(number)!);
  return messages / ((Math.max(...(await Promise.all(readers.map(lastSeen)))) - startedAt) / 1000);

  async function lastSeen([number, count]: [string, number]): Promise<number> {
    const { items } = await sandbox.control.seen(number, { after: count - 1, limit: 1 });
    return items[0]!.at;
  }
}

/** Every account writes one message and gets an answer, so that its sessions are settled; then people only receive. */
export async function warm(sandbox: BenchSandbox, people: string[], send: () => Promise<void>): Promise<void> {
  const rule = (kind: 'echo' | 'silent') =>
    Promise.all(people.map((number) => sandbox.control.changePerson(number, { rule: { kind } })));
  const sent = async () => (await sandbox.control.listPeople()).reduce((sum, { counts }) => sum + counts.sent, 0);
  await rule('echo');
  const before = await sent();
  await send();
  await waitFor('the answers', async () => (await sent()) >= before + people.length);
  await rule('silent');
}
