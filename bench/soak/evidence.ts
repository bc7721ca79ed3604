/** What is left of a run that broke a promise: the folder of a run is removed, and the next one is another. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { query, type Verdict } from './audit.ts';
import type { Trunkline } from '../support/trunkline.ts';
import { say } from '../support/say.ts';

/** In `test-results/soak`: the findings, what each account tells of itself, its messages and leases, and the log. */
export async function keepEvidence(ours: Trunkline, accountIds: readonly string[], verdict: Verdict): Promise<void> {
  const folder = join('test-results', 'soak', new Date().toISOString().replaceAll(':', '-'));
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  put('findings.txt', verdict.findings.join('\n'));
  for (const id of accountIds) {
    const told = await ours.api.call<{ text: string }>('GET', `/whatsapp/accounts/${id}/diagnostics`).catch(String);
    put(`account-${id}.txt`, typeof told === 'string' ? told : JSON.stringify(told, null, 2));
  }
  for (const [name, sql] of Object.entries(TABLES)) {
    put(`${name}.json`, JSON.stringify(await query(ours, sql), null, 1));
  }
  cpSync(join(ours.dataDir, 'logs'), join(folder, 'logs'), { recursive: true });
  say(`What there is to find out from is in ${folder}`);
}

const TABLES = {
  accounts:
    'select a.*, l.owner, l.epoch as lease_epoch from mkt_wap_accounts a join mkt_wap_leases l on l.account_id = a.id',
  workers: 'select *, clock_timestamp() as now from mkt_wap_workers',
  messages: `select id, account_id, wa_id, direction, status, attempts, outbox, timestamp, created_at, updated_at, failure, queued_reason
     from mkt_wap_messages where status in ('queued', 'sending', 'unknown', 'failed')`,
  events: 'select account_id, event, timestamp, payload from mkt_wap_events order by row desc limit 5000',
  parked: 'select account_id, type, error, created_at from mkt_wap_parked_entries',
};
