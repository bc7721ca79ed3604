import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OWNER_KEY } from '../../../testing/api.server.js';
import type { Answer } from '../../cluster/commands/command.js';
import { answerCommand, openCommands } from '../../cluster/commands/command.repository.js';
import type { GroupJid } from '../jid.js';
import { makeAccount } from '../testing/account.builder.js';
import { eventually } from '../testing/eventually.js';
import { ada, ours, useProfiles } from '../testing/use.profiles.js';
import type { StoredPicture } from './profile.writer.js';

const its = useProfiles();
const { api, database, groupOf, look, told, write } = its;

describe('the picture of a group', () => {
  const put = async (groupId: string, accountId?: string) => {
    const form = new FormData();
    form.set('file', new File([its.jpeg], 'us.jpg', { type: 'image/jpeg' }));
    const query = accountId ? `?accountId=${accountId}` : '';
    const headers = { 'x-api-key': OWNER_KEY };
    const path = `${api.url}/api/whatsapp/groups/${groupId}/picture${query}`;
    const answer = await fetch(path, { method: 'PUT', body: form, headers });
    return { status: answer.status, body: await answer.json() };
  };
  /** What the account is asked, answered as its owner does. */
  const asked = async (answer: Answer) => {
    const command = await eventually(async () => {
      const open = await openCommands(database.pool, [its.accountId], new Date());
      expect(open).toHaveLength(1);
      return open[0]!;
    });
    const { file, group } = command.input as { file: StoredPicture | null; group: GroupJid };
    if (answer.ok) await write({ type: 'set', of: group, picture: file && { ...file, id: 'g1' } });
    await answerCommand(database.pool, command.id, answer, new Date());
    return command.input;
  };

  it('is set and taken away by an account that may, told, and seen by whoever sees the account', async () => {
    const groupId = await groupOf({ role: 'admin', locked: true });
    const set = put(groupId);
    expect(await asked({ ok: true, value: null })).toMatchObject({ type: 'picture', group: ours });
    expect(await set).toMatchObject({ status: 200, body: { groupId, pictureUrl: expect.any(String) } });
    const removed = api.call('DELETE', `/api/whatsapp/groups/${groupId}/picture`);
    expect(await asked({ ok: true, value: null })).toMatchObject({ file: null, group: ours });
    expect(await removed).toMatchObject({ status: 200, body: { pictureUrl: null } });
    expect((await told()).map(({ pictureUrl }) => pictureUrl !== null)).toEqual([true, false]);
  });

  it('is not set where only admins may, by whomever one asks, and nobody is asked for it', async () => {
    const groupId = await groupOf({ role: 'member', locked: true });
    expect(await put(groupId)).toMatchObject({ status: 409, body: { error: { code: 'group_admins_only' } } });
    expect((await database.pool.query('select from mkt_wap_commands')).rowCount).toBe(0);
  });

  it('is not set where WhatsApp says no, nor by an account that is not in it', async () => {
    const groupId = await groupOf({ role: 'member' });
    const refused = put(groupId, its.accountId);
    await asked({ ok: false, code: 'group_admins_only', message: 'Only admins.' });
    expect(await refused).toMatchObject({ status: 409, body: { error: { code: 'group_admins_only' } } });
    const other = await makeAccount(database, { linked: true });
    expect(await put(groupId, other.id)).toMatchObject({
      status: 404,
      body: { error: { details: [{ field: 'accountId' }] } },
    });
    expect((await put(randomUUID())).status).toBe(404);
  });

  it('and those of its members are asked for by an account that is in it, and by no other', async () => {
    await groupOf({ role: 'member' });
    const { rows } = await database.pool.query('select id from mkt_wap_people where phone = $1', [ada.phone]);
    const [{ id: personId }] = rows;
    expect(await look({ accountId: its.accountId, personId })).toHaveLength(1);
    const other = await makeAccount(database, { linked: true });
    expect(await look({ accountId: other.id, personId })).toEqual([]);
  });
});
