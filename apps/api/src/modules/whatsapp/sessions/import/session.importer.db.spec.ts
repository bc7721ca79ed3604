import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import { OWNER_KEY, useApi } from '../../../../testing/api.server.js';
import { useDatabase } from '../../../../testing/database.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { readMultiFileSession } from '../../engines/baileys/import/multi.file.session.js';
import { session } from '../../engines/baileys/import/testing/baileys.folder.js';
import { inspectSession } from '../../engines/baileys/records/inspect.js';
import { readAllRecords } from '../record.repository.js';
import { Vault } from '../vault.js';
import { SessionImporter } from './session.importer.js';
import { tarGz, zip } from './testing/archives.js';

const database = useDatabase();
let last = 0;

describe('an imported session', () => {
  const vault = new Vault(randomBytes(32));
  const importer = () =>
    new SessionImporter({
      store: database,
      vault,
      notifier: new Notifier(database.pool),
      clock: systemClock,
      read: readMultiFileSession,
    });
  const take = (
    files: Record<string, string>,
    options: Partial<Parameters<SessionImporter['take']>[1]> = {},
    changedAt?: Date,
  ) => {
    const bytes = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
    return importer().take({ files: bytes, changedAt }, { network: 'sandbox', connect: false, ...options });
  };

  it('is an account with its sealed session, offline until a person says so', async () => {
    const { account, records, warning } = await take(session('9990100001'));
    expect(account).toMatchObject({ name: 'Shop', phoneNumber: '+9990100001', pushName: 'Shop', statusNote: warning });
    expect(account.state).toMatchObject({ status: 'inactive', wanted: 'offline', userAction: 'reconnect' });
    const stored = await readAllRecords(database.pool, account.id);
    expect(stored).toHaveLength(records);
    const opened = stored.map(({ sealed, ...place }) => ({ ...place, value: vault.open(place, sealed) }));
    expect(inspectSession(opened)).toEqual({ state: 'ok' });
    const { rows } = await database.pool.query('select epoch from mkt_wap_leases where account_id = $1', [account.id]);
    expect(rows).toEqual([{ epoch: 0 }]);
  });

  it('is taken once when it is brought twice in one moment', async () => {
    const files = session('9990100009');
    const taken = await Promise.allSettled([take(files), take(files), take(files)]);
    const refused = taken.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const each of refused) expect(each).toMatchObject({ reason: { name: 'ImportRefused', reason: 'taken' } });
  });

  it('is wanted online at once where that is asked', async () => {
    const { account } = await take(session('9990100002'), { connect: true, name: 'Named' });
    expect(account).toMatchObject({ name: 'Named', state: { status: 'authenticating', wanted: 'online' } });
    expect(account.state.deadline).not.toBeNull();
  });

  it('warns in stronger words when its files were just changed', async () => {
    const [fresh, old] = [new Date(), new Date(Date.now() - 3_600_000)];
    expect((await take(session('9990100003'), {}, fresh)).warning).toContain('seems to be running still');
    expect((await take(session('9990100004'), {}, old)).warning).not.toContain('running still');
  });

  it('is refused, and leaves nothing, when its number is taken or of another network, or it is broken', async () => {
    await take(session('9990100005'));
    const before = await counts();
    await expect(take(session('9990100005'))).rejects.toMatchObject({ reason: 'taken' });
    await expect(take(session('9990100006'), { network: 'whatsapp' })).rejects.toMatchObject({
      reason: 'not_a_session',
    });
    await expect(take(session('6281234567890'))).rejects.toMatchObject({ reason: 'not_a_session' });
    await expect(take({ ...session('9990100007'), 'pre-key-1.json': '{' })).rejects.toMatchObject({
      reason: 'corrupted',
    });
    await expect(take({})).rejects.toMatchObject({ reason: 'missing' });
    expect(await counts()).toEqual(before);
  });

  const counts = async () =>
    (
      await database.pool.query(
        'select (select count(*) from mkt_wap_accounts) a, (select count(*) from mkt_wap_session_records) r',
      )
    ).rows[0];
});

describe('POST /api/whatsapp/accounts/import', () => {
  const api = useApi(database);
  const post = async (
    body: Buffer | string,
    { query = 'network=sandbox', type = 'application/zip', path = '/import' } = {},
  ) => {
    const response = await fetch(`${api.url}/api/whatsapp/accounts${path}?${query}`, {
      method: 'POST',
      headers: { 'x-api-key': OWNER_KEY, 'content-type': type },
      body: new Uint8Array(Buffer.from(body)),
    });
    const answer: any = await response.json(); // eslint-disable-line @typescript-eslint/no-explicit-any -- any answer
    return { status: response.status, body: answer };
  };

  it.each([zip, tarGz])('takes an archive (%#)', async (pack) => {
    const phone = `99901001${10 + (last += 1)}`;
    const { status, body } = await post(pack(session(phone, 'auth/'), new Date()));
    expect([status, body.account?.phoneNumber]).toEqual([201, `+${phone}`]);
  });

  it('refuses what is none, and says why', async () => {
    const broken = await post(zip({ 'creds.json': '{"me":1}' }, new Date()));
    expect([broken.status, broken.body.error.code]).toEqual([422, 'session_invalid']);
    expect(broken.body.error.message).toContain('incomplete');
    expect((await post('{}', { type: 'application/json' })).body.error).toMatchObject({ code: 'validation_failed' });
    expect(
      (await post(zip(session('9990100130'), new Date()), { query: 'network=moon' })).body.error.details,
    ).toMatchObject([{ field: 'network' }]);
  });

  it('bounds the archive, and no other route reads one', async () => {
    const large = await post(Buffer.alloc(33 * 1024 * 1024));
    expect([large.status, large.body.error.message]).toEqual([400, 'An archive may have 32 MB.']);
    const elsewhere = await post(zip(session('9990100131'), new Date()), { path: `/${uuid()}/reset` });
    expect([elsewhere.status, elsewhere.body.error.code]).toEqual([400, 'validation_failed']);
  });
});
