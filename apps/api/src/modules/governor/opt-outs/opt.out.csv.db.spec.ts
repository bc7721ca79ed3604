/** The list as a file, over HTTP: out as a person downloads it, and in again. */
import { beforeEach, expect, it } from 'vitest';
import { OWNER_KEY, useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';

const database = useDatabase();
const api = useApi(database);
const PATH = '/api/whatsapp/opt-outs';
const network = 'sandbox';

beforeEach(() => database.empty('mkt_wap_people', 'mkt_wap_events'));

const add = async (to: string, note?: string): Promise<string> =>
  (await api.call('POST', PATH, { body: { network, to, note } })).body.id;
const exported = async () => {
  const response = await fetch(`${api.url}${PATH}/export`, { headers: { 'x-api-key': OWNER_KEY } });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, bytes, lines: bytes.toString().trim().split('\n') };
};
const listed = async () => (await api.call('GET', `${PATH}?state=standing`)).body.items;

it('is a CSV file with who, when and by what, which no spreadsheet takes for formulas', async () => {
  const before = Date.now();
  await add('+9990000000001', '=cmd|calc');
  const { response, bytes, lines } = await exported();
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toContain('opt-outs.csv');
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
  expect(lines[0]).toMatch(/phone,lid,name,network,since,source,by,note,lifted/);
  const [phone, , , , since, source, by, note] = lines[1]!.split(',');
  expect([phone, source, by, note]).toEqual(["'+9990000000001", 'by_hand', expect.stringMatching(/\w/), "'=cmd|calc"]);
  expect(Date.parse(since!)).toBeGreaterThanOrEqual(before);
});

it('is taken in again as it came out: numbers and LIDs, and nobody who is off it', async () => {
  await add('+9990000000001', 'first');
  await add('77@lid');
  const gone = await add('+9990000000003');
  await api.call('POST', `${PATH}/${gone}/consent`, { body: { note: 'signed again' } });
  const { bytes, lines } = await exported();
  expect(lines).toHaveLength(4);
  await database.empty('mkt_wap_people', 'mkt_wap_events');
  const { status, body } = await api.call('POST', `${PATH}/import`, { body: { network, csv: bytes.toString() } });
  expect([status, body]).toEqual([200, expect.objectContaining({ added: 2, already: 0, wrong: 0 })]);
  expect(await listed()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ phoneNumber: '+9990000000001', source: 'import', note: 'first' }),
      expect.objectContaining({ phoneNumber: null, lid: '77', source: 'import', note: null }),
    ]),
  );
});
