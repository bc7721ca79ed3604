import type { BenchSandbox } from '../support/sandbox.ts';
import { waitFor } from '../support/wait.ts';
import { type Case, readersOf } from './cases.ts';

/** Counted at the people: how many messages they have seen altogether. */
async function seenByAll(sandbox: BenchSandbox): Promise<number> {
  return (await sandbox.control.listPeople()).reduce((sum, { counts }) => sum + counts.seen, 0);
}

/**
 * Messages per second, from the moment `send` is called until the last person has decrypted the last message.
 * @throws when not everybody saw everything within two minutes
 */
export async function rateOf(sandbox: BenchSandbox, each: Case, send: () => Promise<void>): Promise<number> {
  const messages = each.jobs.reduce((sum, { count }) => sum + count, 0);
  const before = await seenByAll(sandbox);
  const wanted = before + messages * readersOf(each);
  const startedAt = performance.now();
  const sending = send();
  await waitFor(`all to see ${each.name}`, async () => (await seenByAll(sandbox)) >= wanted, { everyMs: 25 });
  const seconds = (performance.now() - startedAt) / 1000;
  await sending;
  return messages / seconds;
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
