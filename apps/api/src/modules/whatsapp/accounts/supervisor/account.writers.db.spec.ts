/**
 * The epoch is compared in every write of an owner (docs/decisions/epoch.md): each kind is written by one whose lease is gone,
 * and nothing in the database changes; then the same by the owner that came after it, and something does.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import { transact } from '../../../../database/transaction.js';
import { useDatabase } from '../../../../testing/database.js';
import { insertCommand } from '../../../cluster/commands/command.repository.js';
import type { Lease } from '../../../cluster/lease.repository.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { expireWorker } from '../../../cluster/worker-leases.js';
import type { WorkerIdentity } from '../../../cluster/worker.repository.js';
import { writeHolds } from '../../../governor/hold.repository.js';
import type { EngineGroup, EngineMedia } from '../../engines/engine.js';
import { newEvent } from '../../events/event.log.repository.js';
import { insertSecret } from '../../events/secret.repository.js';
import { writeGroupLists } from '../../groups/group.writer.js';
import type { ChannelJid, GroupJid, PhoneDigits } from '../../jid.js';
import { wantUpload } from '../../media/media.repository.js';
import type { DownloadStep, UploadStep } from '../../media/transfers/transfer.writer.js';
import { MessageService } from '../../messages/message.service.js';
import { putProxy } from '../../proxies/proxy.repository.js';
import { AccountJournal } from '../../sessions/account.journal.js';
import { mendRecord } from '../../sessions/broken.record.js';
import { Committer } from '../../sessions/committer.js';
import type { EntryType, TypeAndData } from '../../sessions/entry.js';
import { RecordCache } from '../../sessions/record.cache.js';
import { RecordReader } from '../../sessions/record.reader.js';
import { Vault } from '../../sessions/vault.js';
import { claim, makeWorker, ownAccounts } from '../../testing/account.builder.js';
import { ada, inboundMessage, receiveInbound } from '../../testing/inbound.builder.js';
import { factsOf } from '../../testing/media.facts.js';
import { ctx } from '../../testing/use.messages.js';
import { readAccountRows, takeNumber } from '../account.repository.js';
import { insertTrace } from '../trace.repository.js';
import type { EntryData } from './account.entries.js';
import { accountWriters } from './account.writers.js';

const at = new Date();
const network = 'sandbox';
const group = '1203@g.us' as GroupJid;
const channel = '1204@newsletter' as ChannelJid;
const sealed = Buffer.from('sealed');
const engineGroup: EngineGroup = {
  group,
  subject: 'All',
  description: null,
  addressing: 'pn',
  announcement: false,
  locked: false,
  participants: [{ person: ada, role: 'member' }],
};
const media: EngineMedia = {
  reference: {
    type: 'image',
    path: '/a',
    url: null,
    key: '',
    sha256: null,
    encSha256: null,
    size: 1,
    keyedAt: null,
  },
  facts: factsOf('image/png'),
};

describe('an owner whose lease is gone', () => {
  const database = useDatabase();
  const vault = new Vault(randomBytes(32));
  const writers = accountWriters(vault);
  let first: WorkerIdentity;
  let lease: Lease;
  let next: AccountJournal;
  let late: AccountJournal;

  function open(owned: Lease, worker: WorkerIdentity): AccountJournal {
    const committer = new Committer({
      pool: database.pool,
      workerId: worker.id,
      vault,
      writers,
      clock: systemClock,
      valid: () => true,
      lost: (journal) => journal.close(),
      parked: (_, error) => expect.fail(String(error)),
      committed: () => undefined,
    });
    return new AccountJournal(owned, network, {
      vault,
      cache: new RecordCache(),
      mend: (key, bytes) => mendRecord(database.pool, vault, key, bytes),
      reader: new RecordReader(database.pool),
      dirty: (journal) => committer.dirty(journal),
      valid: () => true,
    });
  }

  beforeEach(async () => {
    await database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_people', 'mkt_wap_events', 'mkt_wap_proxies');
    await database.empty('mkt_wap_client_versions');
    first = await makeWorker(database);
    lease = (await ownAccounts(database, first, 1))[0]!;
    late = open(lease, first);
    const before = open(lease, first);
    before.put('creds', 'creds', sealed);
    before.put('session', 'kept', sealed);
    await before.settled();
    is = await lived(lease.accountId);
    await expireWorker(database.pool, first.id);
    const second = await makeWorker(database);
    next = open((await claim(database, second))[0]!, second);
  });

  /** What an account has after some life, for the writes to be about. */
  let is: Awaited<ReturnType<typeof lived>>;
  async function lived(accountId: string) {
    const { pool } = database;
    await pool.query(`update mkt_wap_accounts set linked = true, status = 'active' where id = $1`, [accountId]);
    const heard = [
      inboundMessage(),
      inboundMessage({ content: { kind: 'image', mediaId: UNSTORED_MEDIA }, media }),
    ] as const;
    await receiveInbound(database, accountId, heard);
    const sent = await new MessageService(database, systemClock, new Notifier(pool)).send(ctx, {
      accountId,
      to: `+${ada.phone}`,
      content: { kind: 'text', text: 'hello' },
    });
    const one = async (text: string) => (await pool.query(text, [accountId])).rows[0].id as string;
    const mediaId = await one(`select id from mkt_wap_media where account_id = $1`);
    const [commandId, traceId, proxyId, profileId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await transact(pool, async (sql) => {
      await insertCommand(sql, { id: commandId, accountId, verb: 'reset', input: {} }, at, at);
      await insertTrace(sql, { id: traceId, accountId, startedAt: at, endsAt: at });
      const proxy = {
        id: proxyId,
        name: 'Line',
        kind: 'http',
        host: 'a',
        port: 1,
        sealed: null,
        pool_id: null,
      } as const;
      await putProxy(sql, proxy, at);
      await wantUpload(sql, { accountId, mediaId, type: 'image' }, at);
      await writeGroupLists(sql, [{ accountId, network, groups: [engineGroup] }], at);
      await insertSecret(sql, { id: randomUUID(), accountId, kind: 'qr', sealed, createdAt: at, expiresAt: at });
      const hold = {
        code: 'rate_limited',
        scope: 'first_contacts',
        since: at.getTime(),
        until: at.getTime() + 1,
      } as const;
      await writeHolds(sql, [{ accountId, hold }], at);
      await sql.query(
        `insert into mkt_wap_profiles (id, account_id, wanted_at, next_attempt_at, created_at) values ($1, $2, $3, $3, $3)`,
        [profileId, accountId, at],
      );
      await sql.query(
        `insert into mkt_wap_blocks (account_id, person_id, blocked_at) select $1, id, $2 from mkt_wap_people`,
        [accountId, at],
      );
    });
    const [row] = await readAccountRows(pool, [accountId]);
    const { id: messageId, waId, chatId } = sent.message;
    return {
      accountId,
      row: row!,
      heard: heard[0].waId,
      messageId,
      waId,
      chatId,
      mediaId,
      commandId,
      traceId,
      proxyId,
      profileId,
    };
  }

  const WRITES: { [T in EntryType]: () => EntryData[T] } = {
    'account.state': () => ({ ...is.row, statusNote: 'late' }),
    'account.updated': () => ({}),
    secret: () => ({ id: randomUUID(), accountId: is.accountId, kind: 'qr', sealed, createdAt: at, expiresAt: at }),
    'secrets.forget': () => ({ at }),
    people: () => [{ phone: '9990000000002', lid: '2' }],
    groups: () => ({ groups: [{ ...engineGroup, subject: 'late' }] }),
    'group-left': () => group,
    inbound: () => inboundMessage(),
    post: () => ({
      waId: 'P',
      place: channel,
      author: null,
      authorName: null,
      fromMe: false,
      content: { kind: 'text', text: 'late' },
      thumbnail: null,
      at: at.getTime(),
      raw: sealed,
    }),
    channel: () => ({ type: 'channel', channel, name: 'late' }),
    'message-read': () => ({ type: 'message-read', waId: is.heard, content: { kind: 'text', text: 'late' } }),
    'chat-marked': () => ({ type: 'chat-marked', chat: ada, mark: { archived: true } }),
    starred: () => ({ type: 'starred', chat: ada, waId: is.heard, starred: true }),
    'older-messages': () => ({ type: 'older-messages', chat: ada, count: 1, more: false }),
    blocklist: () => [],
    blocked: () => ({ type: 'blocked', person: { phone: '9990000000003' as PhoneDigits, lid: null }, blocked: true }),
    ephemeral: () => ({ type: 'ephemeral', chat: ada, seconds: 86_400, at: at.getTime() }),
    profile: () => ({ type: 'asked', id: is.profileId, askedAt: at, about: 'late' }),
    proxy: () => ({ proxyId: is.proxyId, poolId: null }),
    'media.download': (): DownloadStep => ({
      accountId: is.accountId,
      id: is.mediaId,
      state: 'failed',
      problem: 'late',
      attempts: 1,
      asked: 0,
      nextAttemptAt: null,
    }),
    'media.upload': (): UploadStep => ({
      accountId: is.accountId,
      mediaId: is.mediaId,
      type: 'image',
      state: 'failed',
      problem: 'late',
      attempts: 1,
      nextAttemptAt: at,
      reference: null,
    }),
    step: () => ({ accountId: is.accountId, waId: is.waId, status: 'sending', at, failure: null }),
    receipt: () => ({ type: 'receipt', waIds: [is.waId], chat: ada, by: null, status: 'read', at: at.getTime() }),
    'governor.first-contact': () => ({ messageId: is.messageId, at }),
    'governor.jump': () => ({ at, ms: 1 }),
    'governor.known': () => ({ messageId: is.messageId, at: new Date(0) }),
    'governor.hold': () => ({
      accountId: is.accountId,
      hold: { code: 'new_chat_limit', scope: 'first_contacts', since: at.getTime(), until: at.getTime() + 1 },
    }),
    'governor.lift': () => ({ accountId: is.accountId, code: 'rate_limited', at: at.getTime() }),
    outbox: () => ({ type: 'wait', until: at }),
    'record.broken': () => ({
      accountId: is.accountId,
      kind: 'session',
      id: '1',
      sealed,
      why: 'changed',
      mend: 'dropped',
    }),
    trace: () => ({ traceId: is.traceId, n: 1, at, line: 'late', node: {} }),
    event: () => newEvent('account.error', is.accountId, { message: 'late', reason: 'none', action: null }, at),
    'account.removed': () => ({ at }),
    answer: () => ({ id: is.commandId, answer: { ok: true } }),
    'network.version': () => ({ network, version: '2.3000.99', workedAt: at, isNews: true }),
  };

  /** By table, all of its rows in short. */
  async function everything(): Promise<Record<string, string>> {
    const { pool } = database;
    const tables = await pool.query(`select tablename as name from pg_tables where schemaname = 'public'`);
    const each = tables.rows.map(
      ({ name }) => `select '${name}' as name, md5(string_agg(x::text, ',' order by x::text)) as rows from ${name} x`,
    );
    const { rows } = await pool.query(each.join(' union all '));
    return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
  }

  async function tried(write: (journal: AccountJournal) => void): Promise<void> {
    const before = await everything();
    write(late);
    await expect(late.settled()).rejects.toThrow('another worker');
    expect(await everything()).toEqual(before);
    write(next);
    await next.settled();
    expect(await everything()).not.toEqual(before);
  }

  it.each(Object.keys(WRITES) as EntryType[])('writes nothing any more: %s', (type) =>
    tried((journal) => journal.write(...([type, WRITES[type]()] as TypeAndData))),
  );

  it.each([
    ['a record', (journal: AccountJournal) => journal.put('session', 'new', sealed)],
    ['that a record is gone', (journal: AccountJournal) => journal.put('session', 'kept', null)],
    ['a copy of the session', (journal: AccountJournal) => journal.cut({ keep: true, cause: 'daily' })],
    ['that the session ends', (journal: AccountJournal) => journal.cut({ keep: false, cause: 'reset' })],
  ])('writes nothing of its session any more: %s', (_, write) => tried(write));

  it('enters no number by hand', async () => {
    const before = await everything();
    expect(await takeNumber(database, lease, '+9990040')).toBe('lost');
    expect(await everything()).toEqual(before);
    expect(await takeNumber(database, next.lease, '+9990040')).toBe('free');
  });
});
