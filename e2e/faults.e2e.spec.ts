/** G.5: what the network does to one account: the right status and reason, the others untouched, the process alive. */
import type { AccountState } from '@trunkline/contracts';
import { type FaultInput, SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Events } from './support/events.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

describe('faults of the network', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  let events: Events;
  let bystander: string;

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off' } });
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    events = await Events.open(product.url, product.apiKey);
    bystander = (await linkedAccount(api, sandbox, 'bystander')).account.id;
  });
  afterAll(async () => {
    events?.close();
    await product?.stop();
  });

  /** Strikes once while online; resolves with the first state that shows `reason`. */
  async function strike(name: string, effect: FaultInput['effect'], wanted: Partial<AccountState>) {
    const { account, phone } = await linkedAccount(api, sandbox, name);
    await sandbox.setFault({ account: phone.number, phase: 'online', effect, count: 1 });
    const shown = await events.next(
      'account.status',
      (event) => event.accountId === account.id && event.payload.state.reason === wanted.reason,
    );
    expect(shown.payload.state).toMatchObject(wanted);
    return { account, phone };
  }

  /** That it tries again by itself, and when, is in the machine's specs and the matrix, whose clocks are turned. */
  async function tryNow(id: string): Promise<void> {
    await api.initialize(id);
    await connected(api, id);
  }

  it('ends one connection for a bad frame, and comes back by itself', async () => {
    const { account } = await strike(
      'bad frame',
      { kind: 'garbage-frame' },
      { reason: 'bad_frame', status: 'active', connection: 'reconnecting' },
    );
    await connected(api, account.id);
  });

  it('stops at a 440 and offers to take over, without reconnecting', async () => {
    const { account } = await strike(
      'replaced',
      { kind: 'stream-error', conflict: 'replaced' },
      { reason: 'replaced', wanted: 'offline', connection: 'offline', userAction: 'take_over' },
    );
    expect((await api.account(account.id)).state.connection).toBe('offline');
  });

  it('becomes inactive when the phone unlinks it, keeps its session archived, and asks for a scan', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'unlinked');
    const [companion] = (await sandbox.getPhone(phone.number)).companions;
    await sandbox.unlink(phone.number, companion!.device);
    const after = await until('inactive', async () => {
      const now = await api.account(account.id);
      return now.state.status === 'inactive' && now;
    });
    expect(after.state).toMatchObject({ connection: 'offline', reason: 'unlinked', userAction: 'scan_qr' });
  });

  it('waits a long time after a 429 at the upgrade, or until a person asks', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'throttled');
    // Before the first byte nobody can tell whose connection it is; only this account makes one now.
    await sandbox.setFault({ phase: 'connecting', effect: { kind: 'upgrade', status: 429 }, count: 1 });
    await sandbox.setFault({ account: phone.number, phase: 'online', effect: { kind: 'reset' }, count: 1 });
    const shown = await events.next(
      'account.status',
      (event) => event.accountId === account.id && event.payload.state.reason === 'rate_limited',
    );
    const { since, nextAttemptAt } = shown.payload.state;
    expect(Date.parse(nextAttemptAt!) - Date.parse(since)).toBeGreaterThan(10_000);
    await tryNow(account.id);
  });

  it('refuses a server whose certificate is wrong, and says so', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'wrong certificate');
    const wrong = await sandbox.setFault({
      account: phone.number,
      phase: 'connecting',
      effect: { kind: 'bad-certificate', flaw: 'leaf-signature' },
    });
    await sandbox.setFault({ account: phone.number, phase: 'online', effect: { kind: 'reset' }, count: 1 });
    const shown = await events.next(
      'account.status',
      (event) => event.accountId === account.id && event.payload.state.reason === 'bad_certificate',
    );
    expect(shown.payload.state).toMatchObject({ status: 'active', connection: 'reconnecting' });
    await sandbox.clearFault(wrong.id);
    await tryNow(account.id);
  });

  it('left the other account alone', async () => {
    const account = await api.account(bystander);
    expect(account.state).toMatchObject({ status: 'active', connection: 'connected', attempt: 0 });
    const worried = events.seen.filter((event) => event.event === 'account.error' && event.accountId === bystander);
    expect(worried).toEqual([]);
    const person = await sandbox.createPerson({ rule: { kind: 'silent' } });
    const message = await api.send({ accountId: bystander, to: `+${person.number}`, text: 'still here' });
    expect((await sandbox.seen(person.number, { waitMs: 10_000 })).items).toMatchObject([
      { id: message.waId, times: 1 },
    ]);
  });
});
