/** Who is looked at, what is asked about them, and what WhatsApp tells of itself. */
import { describe, expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import type { Ctx } from '../../auth/ctx.js';
import { resolvePeople } from '../contacts/people.repository.js';
import type { LidUser, PersonAddress, PhoneDigits } from '../jid.js';
import { makeAccount } from '../testing/account.builder.js';
import { eventually } from '../testing/eventually.js';
import { ada, ctx, Network, ours, useProfiles } from '../testing/use.profiles.js';
import { ProfileDesk } from './profile.desk.js';
import { lookAtProfiles } from './profile.repository.js';

const WEEK_MS = 7 * 24 * 3_600_000;

const its = useProfiles();
const { chatWith, database, fetching, look, told, write } = its;

describe('who is looked at', () => {
  it('is asked about, once, and what became known is told and shown', async () => {
    const network = new Network(its.jpeg);
    const fetcher = fetching(network);
    const [person, group] = [await chatWith(ada), await chatWith(ours)];
    const first = await look(person, group, { accountId: its.accountId });
    expect(first.map(({ about, pictureUrl, checkedAt }) => [about, pictureUrl, checkedAt])).toEqual(
      Array.from({ length: 3 }, () => [null, null, null]),
    );
    fetcher.wake();
    await eventually(async () => expect(await told()).toHaveLength(3));
    const known = await look(person, group, { accountId: its.accountId });
    expect(known.every(({ pictureUrl }) => pictureUrl !== null)).toBe(true);
    expect(known.map(({ about }) => about).toSorted()).toEqual(['At the bakery', 'At the bakery', null]);
    fetcher.wake();
    await eventually(() => expect(network.asked).toHaveLength(3));
    expect(new Set(network.asked)).toEqual(new Set([ada, ours, 'own']));
  });

  it('is nobody whom the account does not know, nor of an account that the asker may not see', async () => {
    const person = await chatWith(ada);
    const other = await makeAccount(database, { linked: true });
    expect(await look({ accountId: other.id, personId: person.personId })).toEqual([]);
    const limited: Ctx = { ...ctx, accounts: [other.id] };
    expect((await lookAtProfiles(database.pool, limited, [person], its.clock.now())).profiles).toEqual([]);
    const { rows } = await database.pool.query('select from mkt_wap_profiles');
    expect(rows).toHaveLength(0);
  });

  it('is asked about again after a week, and the same picture is not fetched again', async () => {
    const network = new Network(its.jpeg);
    const fetcher = fetching(network);
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).not.toBeNull());
    its.clock.advance(WEEK_MS + 1_000);
    const { wanted } = await lookAtProfiles(database.pool, ctx, [person], its.clock.now());
    expect(wanted).toEqual([its.accountId]);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).toBe(its.clock.now().toISOString()));
    expect(network.asked).toHaveLength(2);
    expect(await told()).toHaveLength(1);
  });

  it('comes at a pace, the last looked at first', async () => {
    const network = new Network(its.jpeg);
    const fetcher = fetching(network);
    const people = Array.from({ length: 12 }, (_, n) => ({ phone: `99900000001${10 + n}` as PhoneDigits, lid: null }));
    for (const person of people) {
      await look(await chatWith(person));
      its.clock.advance(1);
    }
    fetcher.wake();
    await eventually(() => expect(network.asked).toHaveLength(8));
    await eventually(() => expect(its.clock.waiting).toBe(1));
    expect(network.asked).toEqual(people.toReversed().slice(0, 8));
    its.clock.advance(3_000);
    await eventually(() => expect(network.asked).toHaveLength(9));
  });

  it('waits for an hour when WhatsApp was asked too often, and gives one up that is always refused', async () => {
    const network = new Network(its.jpeg);
    const fetcher = fetching(network);
    await look(await chatWith(ada));
    network.answer = { ok: false, code: 'limited' };
    fetcher.wake();
    await eventually(() => expect(its.clock.waiting).toBe(1));
    its.clock.advance(3_599_000);
    expect(network.asked).toHaveLength(1);
    network.answer = { ok: false, code: 'refused' };
    its.clock.advance(1_000);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await eventually(() => expect(network.asked).toHaveLength(attempt + 1));
      await eventually(async () => {
        const { rows } = await database.pool.query('select attempts from mkt_wap_profiles');
        expect(rows[0].attempts).toBe(attempt);
      });
      await eventually(() => expect(its.clock.waiting).toBe(attempt < 5 ? 1 : 0));
      its.clock.advance(24 * 3_600_000);
    }
    expect(network.asked).toHaveLength(6);
  });

  it('waits alone when it is ours that fails: the others are asked about at once', async () => {
    const network = new Network(its.jpeg);
    const { picture } = network;
    const bob: PersonAddress = { phone: '9990000000002' as PhoneDigits, lid: null };
    network.picture = async (whom, ...more) => {
      if (whom !== 'own' && typeof whom !== 'string' && whom.phone === bob.phone) throw new Error('a disk is full');
      return picture(whom, ...more);
    };
    const failures: unknown[] = [];
    const fetcher = fetching(network, (error) => failures.push(error));
    await look(await chatWith(ada));
    its.clock.advance(1);
    const [waiting] = await look(await chatWith(bob));
    fetcher.wake();
    await eventually(() => expect(network.asked).toEqual([ada]));
    const { rows } = await database.pool.query('select attempts, next_attempt_at from mkt_wap_profiles where id = $1', [
      waiting!.id,
    ]);
    expect(rows).toEqual([{ attempts: 1, next_attempt_at: new Date(its.clock.now().getTime() + 60_000) }]);
    expect(failures.map(String)).toEqual(['Error: a disk is full']);
  });

  it('has no picture where what came is none', async () => {
    const network = new Network(its.jpeg);
    const fetcher = fetching(network);
    network.answer = { ok: true, picture: { id: 'p1', jpeg: Buffer.from('<svg onload="alert(1)"/>') } };
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect((await look(person))[0]?.checkedAt).not.toBeNull());
    expect(await look(person)).toMatchObject([{ pictureUrl: null }]);
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
    await write({ type: 'asked', id: profile!.id, askedAt: its.clock.now(), picture, about: 'hi' });
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
    const askedAt = its.clock.now();
    its.clock.advance(1_000);
    await write({ type: 'picture-changed', of: ada, gone: false });
    await write({ type: 'asked', id: profile!.id, askedAt, picture: null, about: '' });
    expect(await new ProfileDesk(database.pool, its.clock).dueIn(its.accountId)).toBe(0);
  });

  it('is not undone by an older answer, nor put off by an older failure', async () => {
    const [profile] = await look(await chatWith(ada));
    const desk = new ProfileDesk(its.database.pool, its.clock);
    const askedAt = its.clock.now();
    const picture = { id: 'p1', sha256: 'a'.repeat(64), size: 3, mime: 'image/jpeg' };
    for (const change of [
      { type: 'picture-changed', of: ada, gone: true },
      { type: 'about-changed', of: ada, about: 'Back at three' },
    ] as const) {
      await write({ type: 'picture-changed', of: ada, gone: false });
      its.clock.advance(1_000);
      await write(change);
      await write({ type: 'asked', id: profile!.id, askedAt, picture, about: 'Out for lunch' });
      // It is asked about once more, and so reads as it is in the end.
      expect(await desk.dueIn(its.accountId)).toBe(0);
    }
    await write({ type: 'picture-changed', of: ada, gone: false });
    const nextAttemptAt = new Date(its.clock.now().getTime() + 60_000);
    await write({ type: 'failed', id: profile!.id, askedAt, attempts: 1, nextAttemptAt });
    expect(await desk.dueIn(its.accountId)).toBe(0);
    await write({ type: 'failed', id: profile!.id, askedAt: its.clock.now(), attempts: 1, nextAttemptAt });
    expect(await desk.dueIn(its.accountId)).toBe(60_000);
  });

  it('of the account goes with the phone that it was of', async () => {
    await look({ accountId: its.accountId });
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
  await transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', both, its.clock.now()));
  const { rows } = await database.pool.query(
    'select p.phone, p.lid from mkt_wap_profiles f join mkt_wap_people p on p.id = f.person_id',
  );
  expect(rows).toEqual([both[0]]);
});
