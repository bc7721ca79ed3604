import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import { useDatabase } from '../../../../testing/database.js';
import { systemCtx } from '../../../auth/ctx.js';
import { Listener } from '../../../cluster/listener.repository.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { makeAccount } from '../../testing/account.builder.js';
import { eventually } from '../../testing/eventually.js';
import { cutSession, listGenerations } from '../generation.repository.js';
import type { RecordKind } from '../journal.js';
import { readAllRecords, upsertRecords } from '../record.repository.js';
import { openVault } from '../vault.opening.js';
import { headOf, SealBrokenError, type SealPlace, type Vault } from '../vault.js';
import { readVaultKeys } from './key.file.js';
import { holdVaultKey, KeyRetiredError, vaultKeyRows } from './key.repository.js';
import { KeyWatch } from './key.watch.js';
import { countSealedBy, SEALED_COLUMNS } from './reseal.repository.js';
import { NewKeyNeeded, rotateKey, type RotationStep } from './rotation.js';

const NOW = new Date('2026-03-01T00:00:00Z');
/** More than one step of the records. */
const RECORDS = 1_200;

describe('rotating the key of the vault', () => {
  const database = useDatabase();
  let dataDir: string;
  let vault: Vault;
  let accountId: string;
  beforeEach(async () => {
    await database.empty(
      'mkt_wap_accounts',
      'mkt_wap_vault_keys',
      'mkt_wap_vault_readers',
      'mkt_wap_proxies',
      'mkt_wap_secrets',
    );
    dataDir = mkdtempSync(join(tmpdir(), 'trunkline-keys-'));
    vault = await openVault(database, { dataDir }, NOW);
    ({ id: accountId } = await makeAccount(database, { linked: true }));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const record = (id: string, kind: RecordKind = 'pre-key') => ({ accountId, kind, id });
  const sealed = (place: SealPlace) => vault.seal(place, Buffer.from(`${place.kind} ${place.id}`));
  const at = (kind: string, id: string, account = accountId) => sealed({ accountId: account, kind, id });
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const values = names.map((_, i) => `$${i + 1}`).join();
    return database.pool.query(`insert into ${table} (${names.join()}) values (${values})`, Object.values(row));
  };

  /** Something in every column that holds sealed values. */
  async function fill(): Promise<void> {
    const places = [record('creds', 'creds'), ...Array.from({ length: RECORDS }, (_, i) => record(String(i)))];
    await upsertRecords(
      database.pool,
      places.map((place) => ({ ...place, sealed: sealed(place) })),
      NOW,
    );
    await cutSession(database.pool, vault, accountId, { keep: true, cause: 'linked' }, NOW);
    const stamp = { created_at: NOW };
    const stamps = { created_at: NOW, updated_at: NOW };
    const ids = { parked: uuid(), secret: uuid(), proxy: uuid(), media: uuid(), chat: uuid(), message: uuid() };
    await insert('mkt_wap_broken_records', {
      id: uuid(),
      account_id: accountId,
      kind: 'session',
      record_id: '1.0',
      sealed: at('session', '1.0'),
      why: 'changed',
      mend: 'dropped',
      ...stamp,
    });
    await insert('mkt_wap_parked_entries', {
      id: ids.parked,
      account_id: accountId,
      type: 'x',
      sealed: at('parked', ids.parked),
      error: 'x',
      ...stamp,
    });
    await insert('mkt_wap_secrets', {
      id: ids.secret,
      account_id: accountId,
      kind: 'qr',
      sealed: at('secret:qr', ids.secret),
      expires_at: NOW,
      ...stamp,
    });
    const proxy = { id: ids.proxy, name: 'p', kind: 'socks5', host: 'h', port: 1 };
    await insert('mkt_wap_proxies', { ...proxy, sealed: at('proxy', ids.proxy, 'installation'), ...stamps });
    const reference = at('media', ids.media);
    const media = { id: ids.media, account_id: accountId, origin: 'in', state: 'ready', mime: 'image/png' };
    await insert('mkt_wap_media', { ...media, reference, ...stamps });
    const upload = { media_id: ids.media, type: 'image', account_id: accountId, state: 'ready', next_attempt_at: NOW };
    await insert('mkt_wap_media_uploads', { ...upload, reference });
    const chat = { id: ids.chat, account_id: accountId, network: 'sandbox', last_activity_at: NOW, ...stamp };
    await insert('mkt_wap_chats', chat);
    await insert('mkt_wap_messages', {
      id: ids.message,
      account_id: accountId,
      chat_id: ids.chat,
      direction: 'in',
      wa_id: 'WA1',
      kind: 'text',
      content: {},
      status: 'delivered',
      timestamp: NOW,
      raw: at('message', 'WA1'),
      ...stamps,
    });
    await insert('mkt_wap_posts', {
      id: ids.message,
      account_id: accountId,
      source: '77',
      from_me: false,
      wa_id: 'WA2',
      content: {},
      raw: at('message', 'WA2'),
      posted_at: NOW,
      expires_at: NOW,
      ...stamp,
    });
  }

  const rotate = (tell: (step: RotationStep) => void = () => {}, keys?: readonly Buffer[]) =>
    rotateKey({
      store: database,
      source: { dataDir, keys },
      notifier: new Notifier(database.pool),
      clock: systemClock,
      tell,
    });
  const sealedBy = async (keyId: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      await Promise.all(
        SEALED_COLUMNS.map(async (each) => [
          `${each.table}.${each.column}`,
          await countSealedBy(database.pool, each, headOf(keyId)),
        ]),
      ),
    );
  const total = async (keyId: string) => Object.values(await sealedBy(keyId)).reduce((sum, n) => sum + n, 0);
  const states = async () => (await vaultKeyRows(database.pool)).map(({ keyId, state }) => [keyId, state]);
  const opened = () => openVault(database, { dataDir }, NOW);

  async function expectWhole(oldId: string): Promise<void> {
    expect(await total(oldId)).toBe(0);
    const now = await opened();
    expect(now.keyIds).toEqual([now.keyId]);
    expect(await states()).toEqual([
      [oldId, 'retired'],
      [now.keyId, 'sealing'],
    ]);
    const records = await readAllRecords(database.pool, accountId);
    expect(records).toHaveLength(RECORDS + 1);
    for (const { sealed: value, ...place } of records)
      expect(now.open(place, value).toString()).toBe(`${place.kind} ${place.id}`);
    expect(existsSync(join(dataDir, `vault.key.retired-${oldId}`))).toBe(true);
    const [generation] = await listGenerations(database.pool, systemCtx('spec'), accountId);
    const chosen = { keep: false, cause: 'replaced', restore: { generationId: generation!.id } } as const;
    await cutSession(database.pool, now, accountId, chosen, NOW);
    expect(await total(oldId)).toBe(0);
  }

  it('knows every column of the database that holds bytes', async () => {
    const { rows } = await database.pool.query(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and data_type = 'bytea' order by 1`,
    );
    const plain = ['mkt_wap_media.thumbnail', 'mkt_wap_vault_keys.check'];
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => name)).toEqual([...known, ...plain].sort());
  });

  it('seals everything anew, in steps, and puts the old key aside', async () => {
    await fill();
    const before = vault.keyId;
    const counts = await sealedBy(before);
    expect(Object.values(counts).every((n) => n > 0)).toBe(true);
    const old = readFileSync(join(dataDir, 'vault.key'), 'utf8');
    const told: RotationStep[] = [];
    const after = await rotate((step) => told.push(step));
    expect(await sealedBy(after)).toEqual(counts);
    const steps = told.filter((step) => step.step === 'resealed' && step.table === 'mkt_wap_session_records');
    expect(steps.map((step) => 'done' in step && [step.done, step.of])).toEqual([
      [500, RECORDS + 1],
      [1000, RECORDS + 1],
      [RECORDS + 1, RECORDS + 1],
    ]);
    expect(readFileSync(join(dataDir, `vault.key.retired-${before}`), 'utf8')).toBe(old);
    await expectWhole(before);
  });

  it('goes on after being killed at any step', async () => {
    await fill();
    const before = vault.keyId;
    class Killed extends Error {}
    let steps = 0;
    for (let at = 1; ; at += 1) {
      let seen = 0;
      const tell = () => {
        if (++seen === at) throw new Killed();
      };
      const ended = await rotate(tell).then(
        () => true,
        (error) => {
          if (!(error instanceof Killed)) throw error;
          return false;
        },
      );
      // Whatever it did: it opens, and nothing is lost.
      await opened();
      if (ended) break;
      steps += 1;
    }
    // Killed at the first step, at the first and the second, and so on: each time it began where it was.
    expect(steps).toBeGreaterThan(3);
    await expectWhole(before);
  });

  it('ends what was stopped between the database and the file, and begins no other', async () => {
    await fill();
    const file = join(dataDir, 'vault.key');
    const before = vault.keyId;
    let both = '';
    await rotate((step) => {
      if (step.step === 'sealing') both = readFileSync(file, 'utf8');
    });
    const after = await opened();
    writeFileSync(file, both);
    expect(await rotate()).toBe(after.keyId);
    await expectWhole(before);
  });

  it('leaves what does not open where it is, and says how much', async () => {
    await fill();
    await database.pool.query(
      `update mkt_wap_session_records set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where kind = 'creds'`,
    );
    const told: RotationStep[] = [];
    await rotate((step) => told.push(step));
    expect(told.at(-1)).toEqual({ step: 'retired', keyId: vault.keyId, broken: 1 });
    expect(await total(vault.keyId)).toBe(1);
  });

  it('says what to set where the key is in the environment, and takes the one that is set', async () => {
    const [old] = readVaultKeys({ dataDir });
    await expect(rotate(undefined, [old!])).rejects.toThrow(NewKeyNeeded);
    expect(await states()).toEqual([[vault.keyId, 'sealing']]);
    const next = randomBytes(32);
    const after = await rotate(undefined, [old!, next]);
    expect(await states()).toEqual([
      [vault.keyId, 'retired'],
      [after, 'sealing'],
    ]);
    // The old one still stands in the variable: it is not taken for a new one.
    await expect(rotate(undefined, [old!, next])).rejects.toThrow(NewKeyNeeded);
    expect((await openVault(database, { dataDir, keys: [old!, next] }, NOW)).keyIds).toEqual([after]);
    await expect(openVault(database, { dataDir, keys: [old!] }, NOW)).rejects.toThrow(
      `was sealed with the key ${after}`,
    );
  });

  describe('while processes run', () => {
    const watches: KeyWatch[] = [];
    let listener: Listener;
    beforeEach(async () => {
      listener = new Listener(database.url, systemClock);
      await listener.start();
    });
    afterEach(async () => {
      for (const watch of watches.splice(0)) await watch.stop();
      await listener.stop();
    });
    async function watch(name: string, own: Vault, dir: string, drained?: () => Promise<void>): Promise<void> {
      const log = { warn: () => {}, info: () => {} };
      const source = { dataDir: dir };
      const started = new KeyWatch({
        vault: own,
        source,
        store: database,
        listener,
        clock: systemClock,
        log,
        name,
        drained,
      });
      watches.push(started);
      await started.start();
    }

    it('is taken up by each of them, and what they sealed before is waited for', async () => {
      await fill();
      const [one, two] = [await opened(), await opened()];
      let letGo = () => {};
      const underWay = new Promise<void>((resolve) => (letGo = resolve));
      await watch('one', one, dataDir);
      await watch('two', two, dataDir, () => underWay);
      const waits: string[][] = [];
      const rotated = rotate((step) => step.step === 'waiting' && waits.push(step.for));
      await eventually(() => expect(two.keyId).not.toBe(vault.keyId));
      await eventually(() => expect(waits.at(-1)).toEqual(['two']));
      expect(await total(vault.keyId)).toBeGreaterThan(RECORDS);
      // What it had sealed with the old key arrives only now.
      const late = record('late');
      await upsertRecords(database.pool, [{ ...late, sealed: sealed(late) }], NOW);
      letGo();
      await rotated;
      expect(await total(vault.keyId)).toBe(0);
      expect([one.keyId, two.keyId]).toEqual([(await opened()).keyId, (await opened()).keyId]);
      await eventually(() => expect(one.keyIds).toHaveLength(1));
    });

    it('waits for one that does not have the key, on another machine, until it has', async () => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'trunkline-elsewhere-'));
      copyFileSync(join(dataDir, 'vault.key'), join(elsewhere, 'vault.key'));
      const far = await opened();
      await watch('far', far, elsewhere);
      const waits: string[][] = [];
      const rotated = rotate((step) => step.step === 'waiting' && waits.push(step.for));
      await eventually(() => expect(waits).toEqual([['far']]));
      expect((await states()).map(([, state]) => state)).toEqual(['sealing', 'coming']);
      copyFileSync(join(dataDir, 'vault.key'), join(elsewhere, 'vault.key'));
      await rotated;
      expect(far.keyId).toBe((await opened()).keyId);
      rmSync(elsewhere, { recursive: true });
    });

    it('refuses who writes without a lease what the retired key sealed', async () => {
      await rotate();
      await expect(holdVaultKey(database.pool, vault.keyId)).rejects.toThrow(KeyRetiredError);
      const place = record('creds', 'creds');
      expect(() => vault.open({ ...place, id: 'other' }, sealed(place))).toThrow(SealBrokenError);
    });
  });
});
