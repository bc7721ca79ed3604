import type { Diagnostics, Page, TimelineEntry } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { transact } from '../../../../database/transaction.js';
import { useApi } from '../../../../testing/api.server.js';
import { useDatabase } from '../../../../testing/database.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { numberEvents } from '../../events/numberer.repository.js';
import { makeAccount } from '../../testing/account.builder.js';

const database = useDatabase();
const api = useApi(database);
const NUMBER = '+628123456789';

const happened = (id: string, count: number) =>
  transact(database.pool, (sql) =>
    appendEvents(
      sql,
      Array.from({ length: count }, (_, i) =>
        newEvent(
          'account.error',
          id,
          { message: `No. ${i} of ${NUMBER} “Ada”`, reason: 'deaf', action: null },
          new Date(),
        ),
      ),
    ),
  );

describe('the timeline of an account', () => {
  it('is paged, newest first, over its own events alone', async () => {
    const [mine, other] = [await makeAccount(database), await makeAccount(database)];
    await happened(mine.id, 7);
    await happened(other.id, 3);
    await numberEvents(database, 100);
    const texts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor && `&cursor=${cursor}`;
      const { body } = await api.call('GET', `/api/whatsapp/accounts/${mine.id}/timeline?limit=3${query}`);
      const page = body as Page<TimelineEntry>;
      texts.push(...page.items.map(({ text }) => text));
      cursor = page.nextCursor;
    }
    expect(texts).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `No. ${i} of ${NUMBER} “Ada”`));
  });

  it('is not there for an account that is not, and takes no foreign cursor', async () => {
    expect((await api.call('GET', `/api/whatsapp/accounts/${uuid()}/timeline`)).status).toBe(404);
    const { id } = await makeAccount(database);
    expect((await api.call('GET', `/api/whatsapp/accounts/${id}/timeline?cursor=x`)).status).toBe(400);
  });
});

describe('diagnostics', () => {
  it('tell what the account is and what happened, and nothing of whom', async () => {
    const secrets = { name: 'Secret shop', notes: 'note of a person', pushName: 'Push name', lid: '184320557712345' };
    const { id } = await makeAccount(database, {
      ...secrets,
      phoneNumber: NUMBER,
      phoneNumberSource: 'manual',
      statusNote: `The number ${NUMBER} belongs to “Other shop”.`,
      reason: 'phone_number_taken',
    });
    const sealed = Buffer.from('sealed bytes of a key');
    await database.pool.query(
      `insert into mkt_wap_session_records (account_id, kind, record_id, sealed, updated_at) values ($1, 'session', '77.0', $2, now())`,
      [id, sealed],
    );
    await happened(id, 2);
    await numberEvents(database, 100);
    const { text } = (await api.call('GET', `/api/whatsapp/accounts/${id}/diagnostics`)).body as Diagnostics;
    expect(text).toContain(`account ${id} on sandbox`);
    expect(text).toContain('reason phone_number_taken');
    expect(text).toContain('session records: session 1');
    expect(text).toContain('No. 1 of …89 “…”');
    expect(text).toContain('[account.error deaf]');
    for (const secret of [...Object.values(secrets), NUMBER, '8123456', 'Other shop', 'Ada', '77.0', 'sealed bytes'])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(sealed.toString('base64'));
  });
});
