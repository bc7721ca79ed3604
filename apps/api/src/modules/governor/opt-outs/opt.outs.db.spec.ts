import { randomUUID } from 'node:crypto';
import { ERROR_CODES, type Message, MESSAGING_DEFAULTS, type OptOut } from '@trunkline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { type Ctx, systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { MessagingService } from '../../whatsapp/accounts/messaging/messaging.service.js';
import { answerCall } from '../../whatsapp/calls/call.answer.js';
import { resolvePeople } from '../../whatsapp/contacts/people.repository.js';
import type { InboundMessage } from '../../whatsapp/engines/engine.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../../whatsapp/jid.js';
import { writeInbound } from '../../whatsapp/messages/inbound/inbound.writer.js';
import { MessageService } from '../../whatsapp/messages/message.service.js';
import { dueMessages } from '../../whatsapp/messages/outbound/outbox.repository.js';
import { writeSteps } from '../../whatsapp/messages/receipts/status.writer.js';
import { makeAccount } from '../../whatsapp/testing/account.builder.js';
import { OptOutService } from './opt.out.service.js';

const database = useDatabase();
const ctx: Ctx = { ...systemCtx('spec'), actor: { kind: 'user', id: 'u1', name: 'Olga' } };
const network = 'sandbox';
const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };
const adaLid: PersonAddress = { phone: null, lid: '184320557712345' as LidUser };

const notifier = new Notifier({ query: (...args: unknown[]) => database.pool.query(...(args as [string])) } as never);
const messages = new MessageService(database, systemClock, notifier);
const optOuts = new OptOutService(database, systemClock, notifier);
let accountId: string;

beforeEach(async () => {
  await database.empty('mkt_wap_accounts', 'mkt_wap_people', 'mkt_wap_groups', 'mkt_wap_events');
  accountId = await linked();
});

const linked = async () =>
  (await makeAccount(database, { linked: true, status: 'active', connection: 'connected' })).id;

const inbound = (text: string, over: Partial<InboundMessage> = {}): InboundMessage => ({
  waId: randomUUID(),
  chat: ada,
  sender: ada,
  senderName: 'Ada',
  fromMe: false,
  content: { kind: 'text', text },
  forwardingScore: 0,
  viewOnce: false,
  ephemeralSeconds: null,
  quotedWaId: null,
  at: Date.now(),
  history: false,
  raw: new Uint8Array([1]),
  ...over,
});

const write = (sql: Parameters<typeof writeInbound>[0], received: InboundMessage[]) =>
  writeInbound(
    sql,
    received.map((message) => ({ accountId, network, message })),
    { raw: (_account, _id, raw) => Buffer.from(raw), reference: () => Buffer.of(1) },
    new Date(),
  );
const receive = (...received: InboundMessage[]) => transact(database.pool, (sql) => write(sql, received));

const send = (account = accountId, to = `+${ada.phone}`): Promise<Message> =>
  messages.send(ctx, { accountId: account, to, text: 'Offer!' }).then(({ message }) => message);

const list = async (): Promise<OptOut[]> => (await optOuts.list(ctx, { limit: 50 })).items;
const outgoing = async (): Promise<{ status: string; text: string; optedOut: boolean }[]> => {
  const lanes = { reply: 99, direct: 99, first_contact: 99, campaign: 99, campaign_first_contact: 99 };
  const due = await dueMessages(database.pool, [{ accountId, lanes, inHand: [], asideChats: [] }], new Date());
  return (due.get(accountId) ?? []).map(({ message, optedOut }) => ({
    status: 'queued',
    text: message.content.kind === 'text' ? message.content.text : '',
    optedOut,
  }));
};
const events = async (name: string) =>
  (await database.pool.query('select payload from mkt_wap_events where event = $1', [name])).rows.length;

describe('STOP', () => {
  it('puts the person on the list and confirms it, once, whatever is delivered again', async () => {
    const stop = inbound('Stop');
    await receive(stop);
    await receive(stop, stop);
    await receive(inbound('STOP'), inbound('berhenti'));
    expect(await list()).toMatchObject([
      {
        phoneNumber: '+9990000000001',
        source: 'stop_word',
        by: { kind: 'person', name: 'Ada' },
        note: 'Stop',
        accountId,
      },
    ]);
    expect(await outgoing()).toEqual([{ status: 'queued', text: expect.stringContaining('START'), optedOut: false }]);
    expect(await events('opt_out.added')).toBe(1);
    // Much later it would be one more message that nobody wants.
    const { rows } = await database.pool.query(
      `select extract(epoch from not_after - created_at)::int / 3600 as hours from mkt_wap_messages where direction = 'out'`,
    );
    expect(rows).toEqual([{ hours: 24 }]);
  });

  it('is one transaction with the message: a crash before its end leaves nothing, and the redelivery does it all', async () => {
    const stop = inbound('STOP');
    const crashed = transact(database.pool, async (sql) => {
      await write(sql, [stop]);
      throw new Error('crash');
    });
    await expect(crashed).rejects.toThrow('crash');
    expect([await list(), await outgoing()]).toEqual([[], []]);
    await receive(stop);
    expect([(await list()).length, (await outgoing()).length]).toEqual([1, 1]);
  });

  it('is obeyed by every account: what is sent is answered 422, and after START it passes', async () => {
    const other = await linked();
    await receive(inbound('STOP'));
    await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
    await expect(send(other)).rejects.toMatchObject({ code: 'opted_out' });
    expect(ERROR_CODES.opted_out).toBe(422);
    await receive(inbound('start'));
    const [entry] = await list();
    expect(entry).toMatchObject({ lifted: { source: 'start_word', by: { kind: 'person' }, note: 'start' } });
    expect(Date.parse(entry!.lifted!.at)).toBeGreaterThan(Date.parse(entry!.since));
    expect(Date.parse(entry!.since)).toBeGreaterThan(Date.now() - 60_000);
    expect((await send()).status).toBe('queued');
    await receive(inbound('STOP'));
    expect(await list()).toHaveLength(2);
    await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
  });

  it('fails what is queued already, of every account, for certain', async () => {
    const other = await linked();
    const queued = [await send(), await send(other)];
    const later = { notBefore: new Date(Date.now() + 3_600_000).toISOString() };
    const address = { accountId, to: `+${ada.phone}` };
    queued.push((await messages.send(ctx, { ...address, text: 'Tomorrow', ...later })).message);
    const held = (await messages.send(ctx, { ...address, text: 'In the morning' })).message;
    await database.pool.query(
      `update mkt_wap_messages set outbox = 'held', queued_reason = 'held', held_until = now() where id = $1`,
      [held.id],
    );
    await receive(inbound('STOP'));
    for (const { id } of [...queued, held]) {
      expect(await messages.read(ctx, id)).toMatchObject({
        status: 'failed',
        failure: { code: 'opted_out', certain: true },
      });
    }
    expect(await outgoing()).toHaveLength(1);
  });

  it('is obeyed by what answers a call by itself, which rings off and says nothing', async () => {
    const messaging = new MessagingService(database, systemClock, notifier);
    await messaging.change(ctx, accountId, {
      ...MESSAGING_DEFAULTS,
      calls: 'reject',
      callReply: 'Please write to us.',
    });
    const rejected: string[] = [];
    const session = { calls: { reject: async (callId: string) => void rejected.push(callId) } };
    const parts = { store: database, clock: systemClock, notifier };
    const call = (callId: string) =>
      answerCall(parts, accountId, { type: 'call', callId, from: ada, video: false }, session);
    await call('before');
    expect(await outgoing()).toMatchObject([{ text: 'Please write to us.' }]);
    await receive(inbound('STOP'));
    await database.pool.query('delete from mkt_wap_idempotency_keys');
    await expect(call('after')).rejects.toMatchObject({ code: 'opted_out' });
    expect(rejected).toEqual(['before', 'after']);
    expect(await outgoing()).toEqual([{ status: 'queued', text: expect.stringContaining('START'), optedOut: false }]);
  });

  it('says what became of one that was in hand at that moment', async () => {
    const message = await send();
    await receive(inbound('STOP'));
    const step = { accountId, waId: message.waId, at: new Date(), failure: null };
    await transact(database.pool, (sql) => writeSteps(sql, [{ ...step, status: 'sending' }], new Date()));
    expect((await messages.read(ctx, message.id)).status).toBe('sending');
    await transact(database.pool, (sql) => writeSteps(sql, [{ ...step, status: 'sent' }], new Date()));
    expect((await messages.read(ctx, message.id)).status).toBe('sent');
  });

  it('is seen when a message would leave that was accepted at the same moment', async () => {
    const { id } = await send();
    await receive(inbound('STOP'));
    await database.pool.query(
      `update mkt_wap_messages set status = 'queued', outbox = 'due', failure = null where id = $1`,
      [id],
    );
    expect(await outgoing()).toMatchObject([{ text: 'Offer!', optedOut: true }, { optedOut: false }]);
  });

  it('counts from a person only: not in a group, not from a history, not by ourselves', async () => {
    const group = '120363000000000001@g.us' as GroupJid;
    await receive(inbound('STOP', { chat: group }));
    await receive(inbound('STOP', { history: true }), inbound('STOP', { fromMe: true }));
    expect(await list()).toEqual([]);
  });
});

describe('the list', () => {
  it('follows a person: when number and LID turn out to be one, the stricter side wins, with one confirmation', async () => {
    await receive(inbound('STOP', { chat: adaLid, sender: adaLid }));
    expect((await send()).status).toBe('queued');
    await transact(database.pool, (sql) =>
      resolvePeople(sql, network, [{ phone: ada.phone, lid: adaLid.lid }], new Date()),
    );
    await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
    expect(await outgoing()).toMatchObject([{ optedOut: false }, { text: 'Offer!', optedOut: true }]);

    await database.empty('mkt_wap_people');
    await receive(inbound('STOP', { chat: adaLid, sender: adaLid }), inbound('STOP'));
    await transact(database.pool, (sql) =>
      resolvePeople(sql, network, [{ phone: ada.phone, lid: adaLid.lid }], new Date()),
    );
    expect((await list()).map(({ lifted }) => lifted?.source ?? 'standing').sort()).toEqual(['merged', 'standing']);
    expect((await outgoing()).filter(({ optedOut }) => !optedOut)).toHaveLength(1);
  });

  it.each(['number', 'LID'] as const)(
    'follows a person who was known by their %s first, and told us by the other',
    async (first) => {
      const [known, told] = first === 'number' ? [ada, adaLid] : [adaLid, ada];
      await receive(inbound('hello', { chat: known, sender: known }), inbound('STOP', { chat: told, sender: told }));
      await transact(database.pool, (sql) =>
        resolvePeople(sql, network, [{ phone: ada.phone, lid: adaLid.lid }], new Date()),
      );
      await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
      await expect(send(accountId, `${adaLid.lid}@lid`)).rejects.toMatchObject({ code: 'opted_out' });
      expect(await list()).toMatchObject([{ phoneNumber: `+${ada.phone}`, lid: adaLid.lid, lifted: null }]);
    },
  );

  it('follows a number that goes to another person', async () => {
    await receive(inbound('STOP', { chat: { ...ada, lid: adaLid.lid }, sender: { ...ada, lid: adaLid.lid } }));
    await transact(database.pool, (sql) =>
      resolvePeople(sql, network, [{ phone: ada.phone, lid: '99' as LidUser }], new Date()),
    );
    await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
    await expect(send(accountId, '99@lid')).rejects.toMatchObject({ code: 'opted_out' });
    await expect(send(accountId, `${adaLid.lid}@lid`)).rejects.toMatchObject({ code: 'opted_out' });
  });

  it('is changed by hand, with who and why; new consent is kept with its proof', async () => {
    const added = await optOuts.add(ctx, { network, to: `+${ada.phone}`, note: 'Called us.' });
    expect(await optOuts.add(ctx, { network, personId: added.personId })).toEqual(added);
    expect(added).toMatchObject({ source: 'by_hand', by: { kind: 'user', name: 'Olga' }, note: 'Called us.' });
    await expect(send()).rejects.toMatchObject({ code: 'opted_out' });
    const lifted = await optOuts.consent(ctx, added.id, { note: 'Form of 24 November.' });
    expect(lifted.lifted).toMatchObject({ source: 'consent', by: { name: 'Olga' }, note: 'Form of 24 November.' });
    expect((await send()).status).toBe('queued');
    expect([await events('opt_out.added'), await events('opt_out.lifted')]).toEqual([1, 1]);
    await expect(optOuts.add(ctx, { network: 'whatsapp', personId: added.personId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is imported with a report by row, and exported so that it can be imported again', async () => {
    await optOuts.add(ctx, { network, to: `+${ada.phone}` });
    const csv =
      "\uFEFFName;Phone;Note\nAda;+999 000 0000 001;\nBob;9990000000002;old list\nEve;6.28E+11;\nBob;'+9990000000002;\n;77@lid;\n";
    const report = await optOuts.import(ctx, { network, csv });
    expect(report).toMatchObject({ added: 2, already: 2, wrong: 1 });
    expect(report.rows.map(({ row, outcome }) => `${row} ${outcome}`)).toEqual([
      '2 already',
      '3 added',
      '4 wrong',
      '5 already',
      '6 added',
    ]);
    await expect(send(accountId, '+9990000000002')).rejects.toMatchObject({ code: 'opted_out' });
    const exported: OptOut[] = [];
    for await (const optOut of optOuts.export(ctx, { network })) exported.push(optOut);
    expect(exported).toHaveLength(3);
    expect((await optOuts.list(ctx, { search: '0002', limit: 10 })).items).toMatchObject([{ note: 'old list' }]);
    await expect(optOuts.import(ctx, { network, csv, country: 'QQ' })).rejects.toMatchObject({
      details: [expect.objectContaining({ field: 'country' })],
    });
  });

  it('shows who may use some accounts only the people of their chats', async () => {
    await receive(inbound('STOP'));
    const [own, foreign] = [
      { ...ctx, accounts: [accountId] },
      { ...ctx, accounts: [randomUUID()] },
    ];
    expect((await optOuts.list(own, { limit: 5 })).items).toHaveLength(1);
    expect((await optOuts.list(foreign, { limit: 5 })).items).toEqual([]);
    const [{ id }] = (await list()) as [OptOut];
    await expect(optOuts.consent(foreign, id, { note: 'none at all' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
