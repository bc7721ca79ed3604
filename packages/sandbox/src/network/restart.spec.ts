import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { bytesOf, child, node } from '../protocol/node.js';
import { Companion } from '../testing/companion.js';
import { ADA, type Command } from '../testing/network.process.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, received, temporaryFolder } from '../testing/world.js';

const path = (name: string) => fileURLToPath(new URL(`../testing/${name}`, import.meta.url));
const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');

async function start(dataDir: string): Promise<{ process: ChildProcess; url: string; rootKey: string }> {
  const execArgv = ['--experimental-transform-types', '--no-warnings', '--import', path('typescript.mjs')];
  const started = fork(path('network.process.ts'), [dataDir], { execArgv });
  onTestFinished(() => void started.kill('SIGKILL'));
  const [{ url, rootKey }] = (await once(started, 'message')) as [{ url: string; rootKey: string }];
  return { process: started, url, rootKey };
}

async function ask<T>(to: ChildProcess, command: Command): Promise<T> {
  to.send(command);
  const [{ result }] = (await once(to, 'message')) as [{ result: T }];
  return result;
}

it('loses nothing that it acked when it is killed with -9, and gives nothing twice', { timeout: 30_000 }, async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const companion = new Companion(first.url, Buffer.from(first.rootKey, 'hex'));
  const { refs } = await companion.showQr();
  const { identity, advSecret } = companion;
  const keys = { identity: hex(identity.publicKey), advSecret: hex(advSecret) };
  await Promise.all([ask(first.process, { do: 'scan', ref: refs[0] ?? '', ...keys }), companion.prove()]);
  await companion.closed();
  await companion.goOnline();

  const to = `${ADA.pn}@s.whatsapp.net`;
  const bundle = async () => {
    const answer = await companion.query('encrypt', 'get', [node('key', {}, [node('user', { jid: companion.jid })])]);
    return hex(bytesOf(child(child(child(child(answer, 'list'), 'user'), 'key'), 'id')) ?? new Uint8Array());
  };
  const given = [await bundle()];
  const sent = Array.from({ length: 200 }, (_, n) => `M${n}`);
  for (const id of sent) companion.sendMessage(id, to, [to]);
  await companion.next((each) => (each.tag === 'ack' && each.attrs.id === 'M60' ? each : undefined));
  first.process.kill('SIGKILL');
  await companion.closed();
  const acks = companion.client.received.flatMap((each) =>
    'node' in each && each.node.tag === 'ack' ? each.node : [],
  );
  const acked = new Set(['M60', ...acks.map(({ attrs }) => attrs.id ?? '')]);
  expect(acked.size).toBeGreaterThan(60);

  const second = await start(folder);
  expect(second.rootKey).toBe(first.rootKey);
  companion.url = second.url;
  await companion.goOnline();
  for (const id of sent.slice(0, 80)) await companion.message(id, to, [to]);
  const queue = await ask<string[]>(second.process, { do: 'fetch' });
  expect(queue).toEqual(expect.arrayContaining([...acked]));
  expect(new Set(queue).size).toBe(queue.length);
  expect(queue).toEqual(sent.slice(0, queue.length));
  given.push(await bundle());
  expect(new Set(given).size).toBe(2);
});

it('comes back with users, groups, bans, privacy and app state', async () => {
  const dataDir = temporaryFolder();
  const first = await openNetwork({ dataDir });
  const { phone, companion } = await openAccount(first);
  const ada = new TestPhone(first);
  const creator = phone.user.pn;
  first.createGroup({ subject: 'Friends', creator, participants: [ada.user.pn], addressing: 'lid' });
  first.appendAppState(creator, 'regular', Uint8Array.of(0x22, 0));
  first.ban(ada.user.pn, { kind: 'final' });
  await companion.query('privacy', 'set', [node('privacy', {}, [node('category', { name: 'last', value: 'none' })])]);
  const groups = first.groups();
  await first.close();

  const second = await openNetwork({ dataDir });
  expect(second.groups()).toEqual(groups);
  expect(second.findUser(ada.user.lid)?.pn).toBe(ada.user.pn);
  expect(second.linkedDevices(creator)).toEqual([0, 1]);
  expect(second.appendAppState(creator, 'regular', Uint8Array.of(0x22, 0))).toBe(2);
  companion.url = second.url;
  await companion.goOnline(0);
  const privacy = child(await companion.query('privacy', 'get', [node('privacy')]), 'privacy');
  expect(privacy?.content).toContainEqual(node('category', { name: 'last', value: 'none' }));
  const counted = await companion.query('encrypt', 'get', [node('count')]);
  expect(child(counted, 'count')?.attrs.value).toBe('10');
});

it('keeps what a person did not get to receive, and asks each message of it once', async () => {
  const dataDir = temporaryFolder();
  const first = await openNetwork({ dataDir });
  const { companion } = await openAccount(first);
  const ada = new TestPhone(first);
  await companion.message('M1', ada.jid, [ada.jid]);
  await received(ada, ({ attrs }) => attrs.id === 'M1');
  ada.device.setOnline(false);
  await companion.message('M2', ada.jid, [ada.jid]);
  await first.close();

  const second = await openNetwork({ dataDir });
  const again = new TestPhone(second, ada.user);
  await received(again, ({ attrs }) => attrs.id === 'M2');
  companion.url = second.url;
  await companion.goOnline();
  await companion.message('M1', ada.jid, [ada.jid]);
  await companion.message('M3', ada.jid, [ada.jid]);
  await received(again, ({ attrs }) => attrs.id === 'M3');
  expect(again.received.filter(({ attrs }) => attrs.id === 'M1')).toEqual([]);
});
