/**
 * The whole story as a program lives it: by API and socket alone. Linking by QR and by code; a person addressed by number,
 * one known by LID, and a group; sent, delivered, read, and the answer.
 */
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api, ApiError } from './support/api.js';
import { Events } from './support/events.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

describe('a program that uses Trunkline', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  let events: Events;

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off' } });
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    events = await Events.open(product.url, product.apiKey);
  });
  afterAll(async () => {
    events?.close();
    await product?.stop();
  });

  it('links an account by QR and sees it warming, authenticating and active with number and push name', async () => {
    const phone = await sandbox.createPhone({ pushName: 'Corner Shop' });
    const account = await api.createAccount('by QR');
    expect(account.state).toMatchObject({ status: 'inactive', connection: 'offline', wanted: 'offline' });
    await api.initialize(account.id);
    const shown = await events.next('account.qr', (event) => event.accountId === account.id);
    expect(shown.payload.text).toContain('https://wa.me/settings/linked_devices#');
    await sandbox.scan(phone.number, { qr: shown.payload.text ?? '' });

    const linked = await connected(api, account.id);
    expect(linked).toMatchObject({ phoneNumber: `+${phone.number}`, phoneNumberSource: 'engine' });
    await until('the push name', async () => (await api.account(account.id)).pushName === 'Corner Shop');
    // What is stored is told a moment later.
    await events.next(
      'account.status',
      ({ accountId, payload }) => accountId === account.id && payload.state.status === 'active',
    );
    const statuses = events.seen.flatMap((event) =>
      event.event === 'account.status' && event.accountId === account.id ? [event.payload.state.status] : [],
    );
    expect([...new Set(statuses)]).toEqual(['warming', 'authenticating', 'active']);
  });

  it('links an account by a pairing code', async () => {
    const phone = await sandbox.createPhone({ pushName: 'By code' });
    const account = await api.createAccount('by code');
    const { code } = await api.pairingCode(account.id, `+${phone.number}`);
    await sandbox.typeCode(phone.number, { code });
    expect(await connected(api, account.id)).toMatchObject({ phoneNumber: `+${phone.number}` });
  });

  it.each(['pn', 'lid'] as const)('writes to a person addressed by %s and is answered', async (addressing) => {
    const { account } = await linkedAccount(api, sandbox, `to ${addressing}`);
    const person = await sandbox.createPerson({ name: 'Ada', addressing, rule: { kind: 'echo' } });
    const to = addressing === 'pn' ? `+${person.number}` : `${person.lid}@lid`;
    const message = await api.send({ accountId: account.id, to, text: 'Are you there?' });
    expect(message).toMatchObject({ direction: 'out', content: { kind: 'text', text: 'Are you there?' } });

    const answer = await events.next('message.received', (event) => event.payload.message.chatId === message.chatId);
    expect(answer.payload.message.content).toMatchObject({ kind: 'text', text: 'Are you there?' });
    await events.next('message.status', (e) => e.payload.messageId === message.id && e.payload.status === 'read');
    const steps = events.seen.flatMap((event) =>
      event.event === 'message.status' && event.payload.messageId === message.id ? [event.payload.status] : [],
    );
    expect(steps.filter((step) => step !== 'sending')).toEqual(['sent', 'delivered', 'read']);
    const seen = await sandbox.seen(person.number, {});
    expect(seen.items.filter((item) => item.id === message.waId)).toMatchObject([{ text: 'Are you there?', times: 1 }]);
    expect((await api.chats(account.id)).items).toHaveLength(1);
  });

  it('finds its groups and writes to one; each member sees it once', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'in a group');
    const members = await Promise.all(
      ['Ben', 'Cleo'].map((name) => sandbox.createPerson({ name, rule: { kind: 'silent' } })),
    );
    const group = await sandbox.createGroup({
      subject: 'Regulars',
      creator: members[0]!.number,
      participants: [phone.number, members[1]!.number],
    });
    const found = await until('the group', async () => (await api.groups(account.id)).items[0]);
    expect(found).toMatchObject({ waId: group.id, subject: 'Regulars', participantCount: 3 });

    const message = await api.send({ accountId: account.id, to: group.id, text: 'Hello all' });
    for (const member of members) {
      const seen = await sandbox.seen(member.number, { waitMs: 20_000 });
      expect(seen.items).toMatchObject([{ id: message.waId, text: 'Hello all', chat: group.id, times: 1 }]);
    }
    await until('delivered', async () => (await api.message(message.id)).status === 'delivered');
  });

  it('answers the same idempotency key with the same message, and refuses another body', async () => {
    const { account } = await linkedAccount(api, sandbox, 'careful');
    const person = await sandbox.createPerson({ rule: { kind: 'silent' } });
    const body = { accountId: account.id, to: `+${person.number}`, text: 'once' };
    const [first, second] = await Promise.all([api.send(body, 'order-17'), api.send(body, 'order-17')]);
    expect(second.id).toBe(first.id);
    await expect(api.send({ ...body, text: 'other' }, 'order-17')).rejects.toMatchObject({ status: 409 });
    await until('sent', async () => ['sent', 'delivered'].includes((await api.message(first.id)).status));
    expect((await sandbox.seen(person.number, { waitMs: 10_000 })).items).toHaveLength(1);
  });

  it('says what is wrong with a request, by field', async () => {
    const failure = await api
      .call<ApiError>('POST', '/whatsapp/accounts', { name: '', network: 'moon' })
      .catch((error: ApiError) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure.body.error).toMatchObject({ code: 'validation_failed' });
    expect(failure.body.error?.details?.map(({ field }) => field).sort()).toEqual(['name', 'network']);
  });

  it('resets an account that waits for a scan, and keeps nothing of it running', async () => {
    const account = await api.createAccount('never scanned');
    await api.initialize(account.id);
    await until('a QR', () => api.qr(account.id));
    await api.reset(account.id);
    const after = await api.account(account.id);
    expect(after.state).toMatchObject({ status: 'inactive', connection: 'offline', reason: 'reset_by_user' });
    expect(after).toMatchObject({ phoneNumber: null, pushName: null, statusNote: 'Account reset by user' });
    await expect(api.reset('0198c0de-0000-7000-8000-000000000000')).rejects.toMatchObject({ status: 404 });
  });
});
