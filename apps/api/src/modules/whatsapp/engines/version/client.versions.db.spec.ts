import { beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../../../clock/manual-clock.js';
import { useDatabase } from '../../../../testing/database.js';
import { type WorkedVersion, writeVersions } from './client.version.repository.js';
import { ClientVersions, type VersionParts } from './client.versions.js';

const database = useDatabase();
const clock = new ManualClock();
let looks = 0;
let page: string | Error = '2.3000.20';
beforeEach(async () => {
  await database.empty('mkt_wap_client_versions', 'mkt_wap_events');
  looks = 0;
  page = '2.3000.20';
  clock.advance(60_000);
});

const open = (parts: Partial<VersionParts> = {}) =>
  new ClientVersions({
    network: 'sandbox',
    setting: undefined,
    builtIn: '2.3000.10',
    readPage: async () => {
      looks += 1;
      if (page instanceof Error) throw page;
      return page;
    },
    store: database,
    clock,
    log: { warn: () => undefined },
    ...parts,
  });

/** As an owner of an account writes it. */
const remember = (worked: WorkedVersion) => writeVersions(database.pool, [worked]);

it('says what it came with until that is refused, then what the page names; many refusals are one look', async () => {
  const versions = open();
  expect(await versions.current()).toBe('2.3000.10');
  const found = await Promise.all(Array.from({ length: 50 }, () => versions.refused('2.3000.10')));
  expect(new Set(found)).toEqual(new Set(['2.3000.20']));
  expect(looks).toBe(1);
  expect(await versions.current()).toBe('2.3000.20');
});

it('has nothing to try when the page names the refused one, and looks again no sooner than after a rest', async () => {
  page = '2.3000.10';
  const versions = open();
  for (let i = 0; i < 5; i += 1) expect(await versions.refused('2.3000.10')).toBeUndefined();
  expect(looks).toBe(1);
  clock.advance(30_000);
  page = '2.3000.30';
  expect(await versions.refused('2.3000.10')).toBe('2.3000.30');
  expect(looks).toBe(2);
});

it('goes on with what it has when the page cannot be read', async () => {
  page = new Error('no page');
  const versions = open();
  expect(await versions.refused('2.3000.10')).toBeUndefined();
  expect(await versions.current()).toBe('2.3000.10');
});

it('remembers what worked, for every worker and start to come, and tells it once', async () => {
  const versions = open();
  await versions.refused('2.3000.10');
  await versions.worked('2.3000.20', remember);
  await versions.worked('2.3000.20', remember);
  const { rows } = await database.pool.query(`select payload from mkt_wap_events`);
  expect(rows).toEqual([{ payload: { network: 'sandbox', version: '2.3000.20' } }]);
  looks = 0;
  expect(await open().current()).toBe('2.3000.20');
  expect(await open({ builtIn: '2.3000.40' }).current()).toBe('2.3000.40');
  expect(looks).toBe(0);
});

it('remembers what it came with as well, and tells nobody of that', async () => {
  await open().worked('2.3000.10', remember);
  expect((await database.pool.query('select version from mkt_wap_client_versions')).rows).toEqual([
    { version: '2.3000.10' },
  ]);
  expect((await database.pool.query('select from mkt_wap_events')).rowCount).toBe(0);
  expect(await open({ builtIn: '2.3000.40' }).current()).toBe('2.3000.40');
});

it('has it written by the next account when the first is not owned here any more', async () => {
  const versions = open();
  const lost = () => Promise.reject(new Error('the account is run by another worker now'));
  await expect(versions.worked('2.3000.20', lost)).rejects.toThrow('another worker');
  expect((await database.pool.query('select from mkt_wap_client_versions')).rowCount).toBe(0);
  await versions.worked('2.3000.20', remember);
  expect((await database.pool.query('select from mkt_wap_client_versions')).rowCount).toBe(1);
});

it('tries what another worker has found before it looks itself', async () => {
  const [here, there] = [open(), open()];
  expect(await here.current()).toBe('2.3000.10');
  await there.refused('2.3000.10');
  await there.worked('2.3000.20', remember);
  looks = 0;
  expect(await here.refused('2.3000.10')).toBe('2.3000.20');
  expect(looks).toBe(0);
});

it('obeys the setting, and tries nothing else', async () => {
  const versions = open({ setting: '2.3000.5' });
  expect(await versions.current()).toBe('2.3000.5');
  expect(await versions.refused('2.3000.5')).toBeUndefined();
  await versions.worked('2.3000.5', remember);
  expect((await database.pool.query('select from mkt_wap_client_versions')).rowCount).toBe(0);
  expect(looks).toBe(0);
});
