import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../clock/clock.js';
import { useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';
import { Notifier } from '../cluster/notifier.repository.js';
import { rotateKey } from '../whatsapp/sessions/keys/rotation.js';
import { openVault } from '../whatsapp/sessions/vault.opening.js';

const database = useDatabase();

describe('the key, as people see it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-key-'));
  const path = join(dataDir, 'vault.key');
  const api = useApi(database, { keyFile: path });
  beforeAll(() => openVault(database, { dataDir }, new Date()));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  const read = async () => (await api.call('GET', '/api/system/key')).body;
  const saved = (keyId: string) => api.call('POST', '/api/system/key/saved', { body: { keyId } });

  it('is to be saved until somebody says so, and again when it is another', async () => {
    const before = await read();
    expect(before).toMatchObject({ place: 'file', path, saved: null });
    expect((await saved(before.keyId)).body.saved).toMatchObject({ by: expect.any(String) });
    expect((await read()).saved).not.toBeNull();
    const notifier = new Notifier(database.pool);
    const source = { dataDir };
    await rotateKey({ store: database, source, notifier, clock: systemClock, tell: () => {} });
    const after = await read();
    expect(after).toMatchObject({ saved: null });
    expect(after.keyId).not.toBe(before.keyId);
    // Who looks at an older page says it of a key that is gone.
    expect(await saved(before.keyId)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    expect((await saved(after.keyId)).status).toBe(200);
    const { rows } = await database.pool.query(
      `select payload from mkt_wap_events where event = 'system.key' order by "row"`,
    );
    expect(rows.map(({ payload }) => [payload.keyId, payload.savedBy !== null])).toEqual([
      [before.keyId, true],
      [after.keyId, false],
      [after.keyId, true],
    ]);
  });

  it('shows nothing of itself but its name', async () => {
    const text = JSON.stringify(await read());
    expect(text).not.toMatch(/[0-9a-f]{64}/);
    expect(await saved(randomBytes(8).toString('hex'))).toMatchObject({ status: 409 });
  });
});
