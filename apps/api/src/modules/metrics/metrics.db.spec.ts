import { describe, expect, it } from 'vitest';
import { systemClock } from '../../clock/clock.js';
import { OWNER_KEY, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';
import { makeAccount } from '../whatsapp/testing/account.builder.js';
import { Tally } from './tally.js';

const database = useDatabase();
const api = useApi(database);
const scrape = async () => {
  const response = await fetch(`${api.url}/api/metrics`, { headers: { authorization: `Bearer ${OWNER_KEY}` } });
  return { type: response.headers.get('content-type'), text: await response.text() };
};

describe('figures for Prometheus', () => {
  it('are behind a key', async () => {
    expect((await fetch(`${api.url}/api/metrics`)).status).toBe(401);
  });

  it('are what all workers counted, also those that are gone', async () => {
    const [one, other] = [
      new Tally(database.pool, 'sandbox', systemClock),
      new Tally(database.pool, 'sandbox', systemClock),
    ];
    one.count('deaf', '');
    one.count('reconnects', 'deaf');
    one.count('reconnects', 'deaf');
    other.count('deaf', '');
    await Promise.all([one.write(), other.write()]);
    await one.write();
    const { type, text } = await scrape();
    expect(type).toContain('text/plain');
    expect(text).toContain('trunkline_deaf_connections_total{network="sandbox"} 2');
    expect(text).toContain('trunkline_reconnects_total{network="sandbox",reason="deaf"} 2');
  });

  it('hand in later what could not be written', async () => {
    const tally = new Tally(database.pool, 'whatsapp', systemClock);
    tally.count('deaf', '');
    await database.pool.query('alter table mkt_wap_facts rename to mkt_wap_away');
    await tally.write();
    await database.pool.query('alter table mkt_wap_away rename to mkt_wap_facts');
    tally.count('deaf', '');
    await tally.write();
    expect((await scrape()).text).toContain('trunkline_deaf_connections_total{network="whatsapp"} 2');
  });

  it('show accounts by what they are; one whose owner is gone is not connected', async () => {
    await makeAccount(database, { status: 'active', connection: 'connected', wanted: 'online' });
    await makeAccount(database);
    const { text } = await scrape();
    expect(text).toContain('trunkline_accounts{network="sandbox",status="active",connection="reconnecting"} 1');
    expect(text).toContain('trunkline_accounts{network="sandbox",status="inactive",connection="offline"} 1');
    expect(text).not.toContain('connection="connected"');
  });
});
