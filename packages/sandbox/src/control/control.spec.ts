import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { SandboxControl } from './client.js';

let sandbox: Sandbox;
let control: SandboxControl;

beforeEach(async () => {
  sandbox = await startSandbox({ token: 'right' });
  control = new SandboxControl({ url: sandbox.control, token: 'right' });
});
afterEach(() => sandbox.close());

const raw = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, sandbox.control), { ...init, headers: { authorization: 'Bearer right', ...init.headers } });

describe('the door', () => {
  it.each(['', 'Bearer wrong', 'Bearer rightt', 'right'])('is shut for %j', async (authorization) => {
    const response = await raw('/status', { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: { code: 'unauthorized', message: expect.any(String) } });
  });

  it('leaves a connection that is idle to who asked', async () => {
    const { headers } = await raw('/status');
    expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', null]);
  });

  it('knows its routes and what they take', async () => {
    expect((await raw('/nowhere')).status).toBe(404);
    expect((await raw('/phones', { method: 'PUT' })).status).toBe(404);
    expect((await raw('/phones', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await raw('/phones', { method: 'POST', body: '{"number":"x"}' })).status).toBe(400);
    expect((await raw('/changes?waitMs=-1')).status).toBe(400);
    expect((await raw('/faults', { method: 'DELETE' })).status).toBe(204);
  });
});

it('waits for what is to come, and no longer than it was asked to', async () => {
  const [ada, bob] = [await control.createPerson({ rule: { kind: 'silent' } }), await control.createPerson()];
  expect(await control.seen(ada.number, { waitMs: 20 })).toEqual({ items: [], next: 0 });
  const waiting = control.seen(ada.number, { waitMs: 30_000 });
  await control.write(bob.number, { to: ada.lid, text: 'now' });
  const { items, next } = await waiting;
  expect([items.map(({ text }) => text), next]).toEqual([['now'], 1]);
  const { revision } = await control.changes();
  const changed = control.changes({ after: revision, waitMs: 30_000 });
  await control.changePerson(ada.number, { name: 'Ada L.' });
  expect((await changed).revision).toBeGreaterThan(revision);
});

it('ends while somebody waits', async () => {
  const waiting = expect(control.changes({ after: 1_000_000, waitMs: 60_000 })).rejects.toThrow();
  await control.status();
  await sandbox.close();
  await waiting;
  sandbox = await startSandbox();
});

it('hands out numbers of the reserved range and takes those it is given', async () => {
  const numbers = [await control.createPhone(), await control.createPerson()].map(({ number }) => number);
  expect(numbers).toEqual(['9990000000001', '9990000000002']);
  const given = { number: '9995550001', lid: '123456789012345', name: 'Given' };
  expect(await control.createPerson(given)).toMatchObject(given);
  expect(await control.getPerson(given.lid)).toMatchObject(given);
  expect((await control.listPeople()).map(({ name }) => name)).toEqual(['Ada', 'Given']);
  expect(await control.status()).toMatchObject({ phones: 1, people: 2 });
});

it('sets, lists and clears faults, and slows the link', async () => {
  const fault = await control.setFault({ phase: 'online', effect: { kind: 'stream-error', code: 503 }, count: 1 });
  expect(fault).toMatchObject({ account: 'any', probability: 1, struck: 0 });
  expect(await control.listFaults()).toEqual([fault]);
  await control.clearFault(fault.id);
  await expect(control.clearFault(fault.id)).rejects.toMatchObject({ code: 'not_found' });

  expect(await control.getLink()).toEqual({ latencyMs: 0, jitterMs: 0 });
  expect(await control.setLink({ latencyMs: 20, jitterMs: 5 })).toEqual({ latencyMs: 20, jitterMs: 5 });
  expect(await control.setLink({ latencyMs: 30, jitterMs: 0 })).toEqual({ latencyMs: 30, jitterMs: 0 });
  await control.clearFaults();
  expect(await control.getLink()).toEqual({ latencyMs: 0, jitterMs: 0 });
});
