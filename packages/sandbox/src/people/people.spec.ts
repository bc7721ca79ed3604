/** People write to people: everything of theirs but the companions, over the real network of the sandbox. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SandboxControl } from '../control/client.js';
import type { Person } from '../control/contract.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { openStore } from '../store/store.js';

let sandbox: Sandbox;
let control: SandboxControl;
let dataDir: string;

async function start(): Promise<void> {
  sandbox = await startSandbox({ dataDir });
  control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-people-'));
  await start();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
});

const quiet = (input: object = {}) => control.createPerson({ rule: { kind: 'silent' }, ...input });
const texts = async (person: Person) => (await control.seen(person.number)).items.map(({ text }) => text);
const saw = (person: Person, text: string) => control.waitForSeen(person.number, (message) => message.text === text);
const receiptsOf = (person: Person, id: string, count: number) =>
  control.until(
    async () => (await control.sent(person.number)).items.find((note) => note.id === id)?.receipts ?? [],
    (receipts) => receipts.length >= count,
  );

describe('one to one', () => {
  it('is seen, delivered, read and answered by those who echo', async () => {
    const [ada, bob] = [await quiet(), await control.createPerson()];
    const { id } = await control.write(ada.number, { to: bob.number, text: 'hello' });
    const message = await saw(bob, 'hello');
    expect(message).toMatchObject({
      n: 1,
      id,
      kind: 'text',
      from: ada.number,
      chat: ada.number,
      times: 1,
      fromMe: false,
    });
    expect((await receiptsOf(ada, id, 2)).map(({ type }) => type)).toEqual(['delivered', 'read']);
    expect(await saw(ada, 'hello')).toMatchObject({ from: bob.number, read: false });
    const [sent] = (await control.sent(ada.number)).items;
    expect(sent).toMatchObject({ acked: true, error: null });
  });

  it('goes both ways in both addressings, under one session', async () => {
    const [ada, bob] = [await quiet({ addressing: 'lid' }), await quiet()];
    for (const round of ['1', '2']) {
      await control.write(ada.number, { to: bob.lid, text: `a${round}` });
      expect(await saw(bob, `a${round}`)).toMatchObject({ from: ada.number, chat: ada.number, addressing: 'lid' });
      await control.write(bob.number, { to: ada.number, text: `b${round}` });
      expect(await saw(ada, `b${round}`)).toMatchObject({ from: bob.number, addressing: 'pn' });
    }
  });

  it('waits in order for who is away', async () => {
    const [ada, bob] = [await quiet(), await quiet()];
    await control.changePerson(bob.number, { online: false });
    for (const text of ['1', '2', '3']) await control.write(ada.number, { to: bob.number, text });
    expect(await texts(bob)).toEqual([]);
    await expect(control.write(bob.number, { to: ada.number, text: 'x' })).rejects.toMatchObject({ code: 'conflict' });
    await control.changePerson(bob.number, { online: true });
    await saw(bob, '3');
    expect(await texts(bob)).toEqual(['1', '2', '3']);
  });

  it('carries reactions, quotes and reading on command', async () => {
    const [ada, bob] = [await quiet(), await quiet()];
    const { id } = await control.write(ada.number, { to: bob.number, text: 'hello' });
    await saw(bob, 'hello');
    await control.react(bob.number, { messageId: id, emoji: '👍' });
    expect(await saw(ada, '👍')).toMatchObject({ kind: 'reaction', target: id });
    await control.write(bob.number, { to: ada.number, text: 'quoted', quote: id });
    expect(await saw(ada, 'quoted')).toMatchObject({ kind: 'text' });
    await control.read(bob.number);
    expect((await receiptsOf(ada, id, 2)).map(({ type }) => type)).toEqual(['delivered', 'read']);
    expect((await saw(bob, 'hello')).read).toBe(true);
  });

  it('is read and not answered by those who are mute, answered late by those who are slow', async () => {
    const ada = await quiet();
    const mute = await control.createPerson({ rule: { kind: 'mute' } });
    const slow = await control.createPerson({ rule: { kind: 'slow', delayMs: 50 } });
    const { id } = await control.write(ada.number, { to: mute.number, text: 'to mute' });
    expect((await receiptsOf(ada, id, 2)).map(({ type }) => type)).toEqual(['delivered', 'read']);
    const { at } = await control.write(ada.number, { to: slow.number, text: 'to slow' });
    expect((await saw(ada, 'to slow')).at - at).toBeGreaterThanOrEqual(50);
    expect((await control.getPerson(mute.number)).counts.sent).toBe(0);
  });

  it('ends between two who echo', async () => {
    const [ada, bob] = [await control.createPerson(), await control.createPerson()];
    await control.write(ada.number, { to: bob.number, text: 'hello' });
    await saw(ada, 'hello');
    const { items } = await control.seen(bob.number, { after: 1, waitMs: 200 });
    expect(items).toEqual([]);
  });
});

describe('groups', () => {
  const members = async (count: number) => {
    const people: Person[] = [];
    for (let n = 0; n < count; n++) people.push(await quiet({ addressing: n % 2 ? 'lid' : 'pn' }));
    return people as [Person, ...Person[]];
  };

  it.each(['pn', 'lid'] as const)('carry a message to every member, by %s', async (addressing) => {
    const [ada, ...others] = await members(4);
    const participants = others.map(({ number }) => number);
    const group = await control.createGroup({ subject: 'Friends', creator: ada.number, participants, addressing });
    expect(group.participants.sort()).toEqual([ada.number, ...participants].sort());
    for (const text of ['1', '2', '3']) await control.write(ada.number, { to: group.id, text });
    for (const other of others) {
      expect(await saw(other, '3')).toMatchObject({ chat: group.id, from: ada.number, addressing });
      expect((await texts(other)).slice(0, 3)).toEqual(['1', '2', '3']);
      await control.write(other.number, { to: group.id, text: `from ${other.name}` });
    }
    for (const other of others) await saw(ada, `from ${other.name}`);
    const [first] = (await control.sent(ada.number)).items;
    const receipts = await receiptsOf(ada, first?.id ?? '', others.length);
    expect(receipts.map(({ from }) => from).sort()).toEqual(participants.sort());
  });
});

describe('a group that changes', () => {
  it('leaves out who was removed, takes in who was added, and refuses strangers', async () => {
    const [ada, bob, eve] = [await quiet(), await quiet(), await quiet()];
    const group = await control.createGroup({
      subject: 'Us',
      creator: ada.number,
      participants: [bob.number, eve.number],
    });
    await control.write(ada.number, { to: group.id, text: 'all' });
    await saw(eve, 'all');
    const changed = await control.changeGroup(group.id, { remove: [eve.number], subject: 'Us two' });
    expect(changed).toMatchObject({ subject: 'Us two', participants: expect.not.arrayContaining([eve.number]) });
    await control.write(ada.number, { to: group.id, text: 'without Eve' });
    await saw(bob, 'without Eve');
    expect(await texts(eve)).toEqual(['all']);
    await expect(control.write(eve.number, { to: group.id, text: 'x' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(control.changeGroup(group.id, { by: bob.number, add: [eve.number] })).rejects.toThrow('403');

    await control.changeGroup(group.id, { add: [eve.number] });
    await control.write(ada.number, { to: group.id, text: 'with Eve' });
    await saw(eve, 'with Eve');
    expect((await control.getPerson(eve.number)).counts).toMatchObject({ unreadable: 0, seen: 2 });
  });
});

describe('a restart', () => {
  it('brings everybody back: ratchets, what they saw, what they owe', async () => {
    const [ada, bob] = [await quiet(), await quiet()];
    const group = await control.createGroup({ subject: 'Two', creator: ada.number, participants: [bob.number] });
    const chat = async (round: number) => {
      await control.write(ada.number, { to: bob.number, text: `direct ${round}` });
      await saw(bob, `direct ${round}`);
      await control.write(bob.number, { to: group.id, text: `group ${round}` });
      await saw(ada, `group ${round}`);
    };
    await chat(1);
    await chat(2);
    await control.changePerson(bob.number, { online: false, rule: { kind: 'echo' } });
    await control.write(ada.number, { to: bob.number, text: 'while away' });

    await sandbox.close();
    await start();
    expect(await texts(bob)).toEqual(['direct 1', 'direct 2']);
    await control.changePerson(bob.number, { online: true });
    await saw(bob, 'while away');
    await saw(ada, 'while away');
    await control.changePerson(bob.number, { rule: { kind: 'silent' } });
    await chat(3);
    for (const { number } of [ada, bob]) {
      const { counts } = await control.getPerson(number);
      expect(counts).toMatchObject({ reused: 0, unreadable: 0, redelivered: 0 });
    }
  });
});

describe('a phone that lost its sessions', () => {
  /** What a person's phone knows about others, by the beginning of the keys; their own identity stays. */
  function forget(person: Person, what: string): void {
    const store = openStore(dataDir);
    const bucket = `people.keys.${person.lid}`;
    for (const [key] of store.entries(bucket)) if (key.startsWith(what)) store.delete(bucket, key);
    store.close();
  }

  it('asks the writer again, and reads', async () => {
    const [ada, bob] = [await quiet(), await quiet()];
    const group = await control.createGroup({ subject: 'Two', creator: ada.number, participants: [bob.number] });
    for (const to of [bob.number, group.id]) await control.write(ada.number, { to, text: `first to ${to}` });
    await control.write(bob.number, { to: ada.number, text: 'answer' });
    await saw(ada, 'answer');
    await saw(bob, `first to ${group.id}`);

    await sandbox.close();
    forget(bob, 'session:');
    forget(bob, 'sender:');
    await start();
    for (const to of [bob.number, group.id]) {
      await control.write(ada.number, { to, text: `second to ${to}` });
      expect(await saw(bob, `second to ${to}`)).toMatchObject({ times: 1 });
    }
    expect((await control.getPerson(bob.number)).counts).toMatchObject({ unreadable: 2, retriesSent: 2, reused: 0 });
    expect((await control.getPerson(ada.number)).counts.retriesAnswered).toBe(2);
    const { items } = await control.failures(bob.number);
    expect(items.map(({ kind, from }) => [kind, from])).toEqual(items.map(() => ['unreadable', ada.number]));
  });
});

it('says what cannot be done', async () => {
  const ada = await quiet();
  await expect(control.getPerson('9990999999999')).rejects.toMatchObject({ code: 'not_found' });
  await expect(control.createPerson({ number: ada.number })).rejects.toMatchObject({ code: 'conflict' });
  await expect(control.write(ada.number, { to: '9990999999999', text: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(control.write(ada.number, { to: 'x', text: 'x' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(control.getPhone(ada.number)).rejects.toMatchObject({ code: 'not_found' });
  const stranger = new SandboxControl({ url: sandbox.control, token: 'guess' });
  await expect(stranger.status()).rejects.toMatchObject({ code: 'unauthorized' });
});
