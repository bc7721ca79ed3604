/** One number is of one account: what becomes of two that come to the same number in the same moment. */
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { expireWorker } from '../../../cluster/worker-leases.js';
import { claim, makeWorker, ownAccounts } from '../../testing/account.builder.js';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';
import { readAccountRows, takeNumber } from '../account.repository.js';
import { writeStates } from './account.state.writer.js';

describe('an account', () => {
  const its = useWorld();
  const { database, read } = its;

  it('takes a number by hand that nobody else enters at the same moment; the other is told who has it', async () => {
    const ids = [await its.world.create('Shop'), await its.world.create('Support')];
    const answers = await Promise.allSettled(ids.map((id) => its.world.accounts.setPhone(ctx, id, '+9990020')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = answers.findIndex(({ status }) => status === 'rejected');
    const winner = ['Support', 'Shop'][lost]!;
    expect((answers[lost] as PromiseRejectedResult).reason).toMatchObject({
      code: 'phone_number_taken',
      message: `The account “${winner}” has this number.`,
    });
    expect(await read(ids[lost]!)).toMatchObject({ phoneNumber: null });
    expect(await read(ids[1 - lost]!)).toMatchObject({ phoneNumber: '+9990020', phoneNumberSource: 'manual' });
    expect(await its.world.events(ids[1 - lost]!)).toContain('account.phone_number');
  });

  it('is without a number, and stops no other, when two take one in the same commit', async () => {
    const ids = [await its.world.create(), await its.world.create(), await its.world.create()];
    const rows = await readAccountRows(database.pool, ids);
    const numbers = ['+9990030', '+9990030', '+9990031'];
    const states = ids.map((id, at) => ({ ...rows.find((row) => row.id === id)!, phoneNumber: numbers[at]! }));
    await writeStates(database.pool, states);
    const stored = async () => Promise.all(ids.map(async (id) => (await read(id)).phoneNumber));
    expect((await stored()).toSorted()).toEqual(['+9990030', '+9990031', null]);
    const before = await stored();
    await writeStates(database.pool, states.toReversed());
    expect(await stored()).toEqual(before);
  });

  it('is unlinked again when its phone was linked to another in the same moment, without any look at all accounts', async () => {
    const ids = [await its.world.create('Shop'), await its.world.create('Support')];
    const sessions = await Promise.all(
      ids.map(async (id) => {
        await its.world.accounts.initialize(ctx, id);
        return its.world.session(its.running, id);
      }),
    );
    for (const session of sessions) session.scan('9990050');
    const states = async () => (await Promise.all(ids.map(read))).map(({ state }) => `${state.status} ${state.reason}`);
    await its.world.until(async () =>
      expect((await states()).toSorted()).toEqual(['active none', 'inactive phone_number_taken']),
    );
    const loser = (await states()).indexOf('inactive phone_number_taken');
    expect(await read(ids[loser]!)).toMatchObject({
      phoneNumber: null,
      state: { userAction: 'open_account' },
      numberConflict: { phoneNumber: '+9990050', accountId: ids[1 - loser] },
    });
    expect(await read(ids[1 - loser]!)).toMatchObject({ phoneNumber: '+9990050' });
  });
});

describe('an owner', () => {
  const database = useDatabase();

  it('takes no number by hand when its lease is gone, or its worker has lapsed', async () => {
    const [worker, other] = [await makeWorker(database), await makeWorker(database)];
    const [lease] = await ownAccounts(database, worker, 1);
    expect(await takeNumber(database, lease!, '+9990040')).toBe('free');
    await expireWorker(database.pool, worker.id);
    expect(await takeNumber(database, lease!, '+9990041')).toBe('lost');
    await claim(database, other);
    expect(await takeNumber(database, lease!, '+9990042')).toBe('lost');
    expect(await readAccountRows(database.pool, [lease!.accountId])).toMatchObject([{ phoneNumber: '+9990040' }]);
  });
});
