import { once } from 'node:events';
import { expect, it } from 'vitest';
import { runSandbox } from './testing/sandbox.process.js';
import { temporaryFolder } from './testing/world.js';

const silent = { rule: { kind: 'silent' } } as const;

it('says in one line where it is, and ends when it is told to', { timeout: 20_000 }, async () => {
  const { line, control, kill } = await runSandbox('--port', '0');
  expect(line).toMatchObject({
    url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/ws\/chat$/),
    token: expect.any(String),
  });
  expect(line.rootKey).toMatch(/^[0-9a-f]{64}$/);
  expect(await control.status()).toEqual({ url: line.url, rootKey: line.rootKey, phones: 0, people: 0 });
  expect(await kill('SIGTERM')).toBe(0);
});

it('ends with its parent when it is asked to watch the pipe', { timeout: 20_000 }, async () => {
  const { child } = await runSandbox('--parent-pipe');
  const ended = once(child, 'exit');
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
});

it('forgets nothing when it is killed with -9 at any moment', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const written: string[] = [];
  let running = await runSandbox('--data', folder);
  const ada = await running.control.createPerson(silent);
  const bob = await running.control.createPerson({ rule: { kind: 'echo' } });
  const participants = [bob.number];
  const group = await running.control.createGroup({ subject: 'Two', creator: ada.number, participants });

  for (let round = 1; round <= 4; round++) {
    const { control } = running;
    const writing = (async () => {
      for (let n = 1; ; n++) {
        const text = `${round}.${n}`;
        await control.write(ada.number, { to: n % 3 ? bob.number : group.id, text });
        written.push(text);
      }
    })();
    const cutOff = expect(writing).rejects.toThrow();
    await control.waitForSeen(ada.number, ({ text }) => text === `${round}.${round * 4}`);
    await running.kill('SIGKILL');
    await cutOff;
    running = await runSandbox('--data', folder);
  }

  const { control } = running;
  await control.write(ada.number, { to: bob.number, text: 'last' });
  await control.waitForSeen(ada.number, ({ text }) => text === 'last');
  const seenBy = async (number: string) => (await control.seen(number, { limit: 1000 })).items.map(({ text }) => text);
  for (const number of [ada.number, bob.number]) {
    const texts = await control.until(
      () => seenBy(number),
      (all) => written.every((text) => all.includes(text)),
    );
    expect(texts).toHaveLength(new Set(texts).size);
  }
  for (const { number } of [ada, bob]) {
    expect((await control.getPerson(number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
  }
});
