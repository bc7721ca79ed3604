import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { type Profile } from '@trunkline/contracts';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../clock/manual-clock.js';
import { transact } from '../../../database/transaction.js';
import { OWNER_KEY, useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';
import { type Ctx, systemCtx } from '../../auth/ctx.js';
import type { Answer } from '../../cluster/commands/command.js';
import { answerCommand, openCommands } from '../../cluster/commands/command.repository.js';
import { chatAt } from '../chats/chat.partner.js';
import { resolvePeople } from '../contacts/people.repository.js';
import type { Portrayed, ProfileCapability } from '../engines/profile.js';
import { writeGroupLists } from '../groups/group.writer.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../jid.js';
import { MediaLibrary } from '../media/files/library.js';
import { makeAccount } from '../testing/account.builder.js';
import { eventually } from '../testing/eventually.js';
import { ProfileDesk } from './profile.desk.js';
import { ProfileFetcher } from './profile.fetcher.js';
import { lookAtProfiles } from './profile.repository.js';
import { type ProfileStep, type StoredPicture, writeProfiles } from './profile.writer.js';

const database = useDatabase();
const api = useApi(database);
const ctx = systemCtx('spec');
const WEEK_MS = 7 * 24 * 3_600_000;
const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };
const ours = '120363000000000001@g.us' as GroupJid;

let clock: ManualClock;
let of: { accountId: string; network: 'sandbox' };
let jpeg: Buffer;

beforeEach(async () => {
  await database.pool.query('truncate mkt_wap_accounts, mkt_wap_people, mkt_wap_groups, mkt_wap_events cascade');
  clock = new ManualClock('2030-01-01T00:00:00.000Z');
  of = { accountId: (await makeAccount(database, { linked: true })).id, network: 'sandbox' };
  jpeg ??= await sharp({ create: { width: 96, height: 96, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
});

/** Whom an account has a chat with, as who looks names them. */
async function chatWith(whom: PersonAddress | GroupJid) {
  const id = await transact(database.pool, (sql) => chatAt(sql, of, whom, clock.now()));
  const { rows } = await database.pool.query('select person_id, group_id from mkt_wap_chats where id = $1', [id]);
  const { person_id: personId, group_id: groupId } = rows[0];
  return { accountId: of.accountId, ...(personId && { personId }), ...(groupId && { groupId }) };
}
const look = async (...whom: Parameters<typeof lookAtProfiles>[2]): Promise<Profile[]> =>
  (await lookAtProfiles(database.pool, ctx, whom, clock.now())).profiles;
const write = (step: ProfileStep) =>
  transact(database.pool, (sql) => writeProfiles(sql, [{ ...of, step }], clock.now()));
const told = async (): Promise<Profile[]> =>
  (
    await database.pool.query(`select payload from mkt_wap_events where event = 'profile.updated' order by row`)
  ).rows.map(({ payload }) => payload.profile);

/** WhatsApp, as an account would hear it: who has which picture and about. */
class Network implements Pick<ProfileCapability, 'picture' | 'about'> {
  readonly asked: Portrayed[] = [];
  answer: Awaited<ReturnType<ProfileCapability['picture']>> = { ok: true, picture: { id: 'p1', jpeg } };

  picture: ProfileCapability['picture'] = async (whom, known) => {
    this.asked.push(whom);
    const { answer } = this;
    if (!answer.ok || answer.picture === null || answer.picture === 'same') return answer;
    return answer.picture.id === known ? { ok: true, picture: 'same' } : answer;
  };
  about = async () => ({ ok: true, about: 'At the bakery' }) as const;
}

function fetching(network: Network): ProfileFetcher {
  const steps: ProfileStep[] = [];
  return new ProfileFetcher({
    accountId: of.accountId,
    sql: database.pool,
    desk: new ProfileDesk(database.pool, clock),
    engine: network as unknown as ProfileCapability,
    library: api.app.get(MediaLibrary),
    clock,
    record: (step) => void steps.push(step),
    durable: async () => {
      for (const step of steps.splice(0)) await write(step);
    },
    failed: (error) => expect.fail(String(error)),
  });
}

describe('who is looked at', () => {
  it('is asked about, once, and what became known is told and shown', async () => {
    const network = new Network();
    const fetcher = fetching(network);
    const [person, group] = [await chatWith(ada), await chatWith(ours)];
    const first = await look(person, group, { accountId: of.accountId });
    expect(first.map(({ about, pictureUrl, checkedAt }) => [about, pictureUrl, checkedAt])).toEqual(
      Array.from({ length: 3 }, () => [null, null, null]),
    );
    fetcher.wake();
    await eventually(async () => expect(await told()).toHaveLength(3));
    const known = await look(person, group, { accountId: of.accountId });
    expect(known.every(({ pictureUrl }) => pictureUrl !== null)).toBe(true);
    expect(known.map(({ about }) => about).toSorted()).toEqual(['At the bakery', 'At the bakery', null]);
    fetcher.wake();
    await eventually(() => expect(network.asked).toHaveLength(3));
    expect(new Set(network.asked)).toEqual(new Set([ada, ours, 'own']));
    fetcher.stop();
  });

  it('is nobody whom the account does not know, nor of an account that the asker may not see', async () => {
    const person = await chatWith(ada);
    const other = await makeAccount(database, { linked: true });
    expect(await look({ accountId: other.id, personId: person.personId })).toEqual([]);
    const limited: Ctx = { ...ctx, accounts: [other.id] };
    expect((await lookAtProfiles(database.pool, limited, [person], clock.now())).profiles).toEqual([]);
    const { rows } = await database.pool.query('select from mkt_wap_profiles');
    expect(rows).toHaveLength(0);
  });

  it('is asked about again after a week, and the same picture is not fetched again', async () => {
    const network = new Network();
    const fetcher = fetching(network);
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).not.toBeNull());
    clock.advance(WEEK_MS + 1_000);
    const { wanted } = await lookAtProfiles(database.pool, ctx, [person], clock.now());
    expect(wanted).toEqual([of.accountId]);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).toBe(clock.now().toISOString()));
    expect(network.asked).toHaveLength(2);
    expect(await told()).toHaveLength(1);
    fetcher.stop();
  });

  it('comes at a pace, the last looked at first', async () => {
    const network = new Network();
    const fetcher = fetching(network);
    const people = Array.from({ length: 12 }, (_, n) => ({ phone: `99900000001${10 + n}` as PhoneDigits, lid: null }));
    for (const person of people) {
      await look(await chatWith(person));
      clock.advance(1);
    }
    fetcher.wake();
    await eventually(() => expect(network.asked).toHaveLength(8));
    await eventually(() => expect(clock.waiting).toBe(1));
    expect(network.asked).toEqual(people.toReversed().slice(0, 8));
    clock.advance(3_000);
    await eventually(() => expect(network.asked).toHaveLength(9));
    fetcher.stop();
  });

  it('waits for an hour when WhatsApp was asked too often, and gives one up that is always refused', async () => {
    const network = new Network();
    const fetcher = fetching(network);
    await look(await chatWith(ada));
    network.answer = { ok: false, code: 'limited' };
    fetcher.wake();
    await eventually(() => expect(clock.waiting).toBe(1));
    clock.advance(3_599_000);
    expect(network.asked).toHaveLength(1);
    network.answer = { ok: false, code: 'refused' };
    clock.advance(1_000);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await eventually(() => expect(network.asked).toHaveLength(attempt + 1));
      await eventually(async () => {
        const { rows } = await database.pool.query('select attempts from mkt_wap_profiles');
        expect(rows[0].attempts).toBe(attempt);
      });
      await eventually(() => expect(clock.waiting).toBe(attempt < 5 ? 1 : 0));
      clock.advance(24 * 3_600_000);
    }
    expect(network.asked).toHaveLength(6);
    fetcher.stop();
  });

  it('has no picture where what came is none', async () => {
    const network = new Network();
    const fetcher = fetching(network);
    network.answer = { ok: true, picture: { id: 'p1', jpeg: Buffer.from('<svg onload="alert(1)"/>') } };
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).not.toBeNull());
    expect(await look(person)).toMatchObject([{ pictureUrl: null }]);
    fetcher.stop();
  });
});

describe('what WhatsApp tells', () => {
  it('changes whom somebody has looked at, and nobody else', async () => {
    await write({ type: 'picture-changed', of: ada, gone: false });
    await write({ type: 'about-changed', of: 'own', about: 'x' });
    expect(await told()).toEqual([]);
    const person = await chatWith(ada);
    const [profile] = await look(person);
    const picture = { id: 'p1', sha256: 'a'.repeat(64), size: 3, mime: 'image/jpeg' };
    await write({ type: 'asked', id: profile!.id, askedAt: clock.now(), picture, about: 'hi' });
    await write({ type: 'about-changed', of: ada, about: 'Back at three' });
    await write({ type: 'picture-changed', of: { phone: null, lid: '77' as LidUser }, gone: true });
    await write({ type: 'picture-changed', of: ada, gone: true });
    expect((await told()).map(({ about, pictureUrl }) => [about, pictureUrl !== null])).toEqual([
      ['hi', true],
      ['Back at three', true],
      ['Back at three', false],
    ]);
  });

  it('is asked for, also while an older answer is on its way', async () => {
    const [profile] = await look(await chatWith(ada));
    const askedAt = clock.now();
    clock.advance(1_000);
    await write({ type: 'picture-changed', of: ada, gone: false });
    await write({ type: 'asked', id: profile!.id, askedAt, picture: null, about: '' });
    expect(await new ProfileDesk(database.pool, clock).dueIn(of.accountId)).toBe(0);
  });

  it('of the account goes with the phone that it was of', async () => {
    await look({ accountId: of.accountId });
    await write({ type: 'set', about: 'Fresh bread' });
    await write({ type: 'forgotten' });
    expect((await told()).map(({ about }) => about)).toEqual(['Fresh bread', null]);
  });
});

it('keeps one profile of a person whose number and LID became one', async () => {
  const lid = '77' as LidUser;
  const [byNumber, byLid] = [await chatWith(ada), await chatWith({ phone: null, lid })];
  await look(byNumber, byLid);
  const both = [{ phone: ada.phone, lid }];
  await transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', both, clock.now()));
  const { rows } = await database.pool.query(
    'select p.phone, p.lid from mkt_wap_profiles f join mkt_wap_people p on p.id = f.person_id',
  );
  expect(rows).toEqual([both[0]]);
});

describe('a picture', () => {
  const fetched = async (path: string, headers: Record<string, string> = { 'x-api-key': OWNER_KEY }) => {
    const response = await fetch(`${api.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('is handed out as what it is, to who may see the account, and is kept while a profile names it', async () => {
    const fetcher = fetching(new Network());
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect(await told()).toHaveLength(1));
    fetcher.stop();
    const { body } = await api.call('POST', '/api/whatsapp/profiles/look', { body: { of: [person] } });
    const [{ pictureUrl }] = body.items;
    clock.advance(2 * 3_600_000);
    await api.app.get(MediaLibrary).sweep(clock.now());
    const got = await fetched(pictureUrl);
    expect(got.bytes.equals(jpeg)).toBe(true);
    expect(got.headers.get('content-type')).toBe('image/jpeg');
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    const tag = `"${createHash('sha256').update(jpeg).digest('hex')}"`;
    expect(got.headers.get('etag')).toBe(tag);
    expect((await fetched(pictureUrl, { 'x-api-key': OWNER_KEY, 'if-none-match': tag })).status).toBe(304);
    expect((await fetched(pictureUrl, {})).status).toBe(401);
    await write({ type: 'picture-changed', of: ada, gone: true });
    expect((await fetched(pictureUrl)).status).toBe(404);
  });

  it('of an account has to be one, and its texts to fit', async () => {
    const path = `/api/whatsapp/accounts/${of.accountId}/profile`;
    const form = new FormData();
    form.set('file', new File(['no picture'], 'a.png', { type: 'image/png' }));
    const headers = { 'x-api-key': OWNER_KEY };
    const refused = await fetch(`${api.url}${path}/picture`, { method: 'PUT', body: form, headers });
    expect(await refused.json()).toMatchObject({ error: { code: 'validation_failed', details: [{ field: 'file' }] } });
    for (const body of [{ name: '' }, { name: 'x'.repeat(26) }, { about: 'x'.repeat(140) }, {}])
      expect((await api.call('PATCH', path, { body })).status).toBe(400);
    expect(await api.call('GET', path)).toMatchObject({
      status: 200,
      body: { name: null, about: null, checkedAt: null },
    });
  });
});

describe('a picture that is called off on its way', () => {
  const half = async (path: string): Promise<void> => {
    const { hostname, port } = new URL(api.url);
    const headers = {
      'x-api-key': OWNER_KEY,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': 1_000_000,
    };
    const sent = request({ hostname, port, path, method: 'PUT', headers });
    const ended = new Promise((resolve) => sent.on('close', resolve).on('error', () => undefined));
    sent.write(
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n',
    );
    sent.write(Buffer.concat([jpeg, Buffer.alloc(100_000)]));
    // It is being taken in.
    await eventually(() => expect(incoming()).toHaveLength(1));
    sent.destroy();
    await ended;
  };
  const incoming = (): string[] => readdirSync(api.app.get(MediaLibrary).settings.spoolFolder);

  it('changes nothing, and leaves nothing behind', async () => {
    const groupId = await groupOf({ role: 'admin' });
    for (const path of [`accounts/${of.accountId}/profile/picture`, `groups/${groupId}/picture`]) {
      await half(`/api/whatsapp/${path}`);
      await eventually(() => expect(incoming()).toEqual([]));
    }
    expect((await database.pool.query('select from mkt_wap_commands')).rowCount).toBe(0);
    expect((await look({ accountId: of.accountId }))[0]).toMatchObject({ pictureUrl: null });
    expect(api.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

/** A group that the account is in. */
async function groupOf({ role, locked = false }: { role: 'member' | 'admin'; locked?: boolean }): Promise<string> {
  await database.pool.query(`update mkt_wap_accounts set phone_number = '+9990000000009' where id = $1`, [
    of.accountId,
  ]);
  const participants = [
    { person: { phone: '9990000000009' as PhoneDigits, lid: null }, role },
    { person: ada, role: 'admin' as const },
  ];
  const found = { group: ours, subject: 'Ours', description: null, addressing: 'pn' as const, announcement: false };
  const entry = { ...of, groups: [{ ...found, locked, participants }] };
  await transact(database.pool, (sql) => writeGroupLists(sql, [entry], clock.now()));
  return (await database.pool.query('select id from mkt_wap_groups')).rows[0].id;
}

describe('the picture of a group', () => {
  const put = async (groupId: string, accountId?: string) => {
    const form = new FormData();
    form.set('file', new File([jpeg], 'us.jpg', { type: 'image/jpeg' }));
    const query = accountId ? `?accountId=${accountId}` : '';
    const headers = { 'x-api-key': OWNER_KEY };
    const path = `${api.url}/api/whatsapp/groups/${groupId}/picture${query}`;
    const answer = await fetch(path, { method: 'PUT', body: form, headers });
    return { status: answer.status, body: await answer.json() };
  };
  /** What the account is asked, answered as its owner does. */
  const asked = async (answer: Answer) => {
    const command = await eventually(async () => {
      const open = await openCommands(database.pool, [of.accountId], new Date());
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
    const refused = put(groupId, of.accountId);
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
    expect(await look({ accountId: of.accountId, personId })).toHaveLength(1);
    const other = await makeAccount(database, { linked: true });
    expect(await look({ accountId: other.id, personId })).toEqual([]);
  });
});
