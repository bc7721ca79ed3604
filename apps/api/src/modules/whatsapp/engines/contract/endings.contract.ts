import { expect, it } from 'vitest';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function endingsContract(world: ContractWorld): void {
  it('keeps the session when it is disconnected', async () => {
    const account = await TestAccount.online(world);
    await account.session.disconnect();
    expect(await account.closed()).toMatchObject({ reason: 'none' });
    expect(account.journal.ids('creds')).toEqual(['creds']);
    await account.session.disconnect();
  });

  it('leaves no timer behind when it ends, though questions were open (S19)', async () => {
    const account = await TestAccount.online(world);
    const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    await account.session.disconnect();
    const before = timers();
    for (let round = 0; round < 3; round++) {
      await account.login();
      await account.session.disconnect();
    }
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('ends at once also when the other side does not answer (S10)', async () => {
    const account = await TestAccount.online(world);
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'black-hole' }, count: 1 });
    const from = performance.now();
    await account.session.disconnect();
    expect(performance.now() - from).toBeLessThan(4_000);
  });

  it('tells its own logout from being unlinked (S14)', async () => {
    const [leaving, unlinked] = [await TestAccount.online(world), await TestAccount.online(world)];
    await leaving.session.logout();
    expect(await leaving.closed()).toMatchObject({ reason: 'logged_out' });
    expect((await world.control.getPhone(leaving.phone.number)).companions).toEqual([]);
    await world.control.unlink(unlinked.phone.number, 1);
    expect(await unlinked.closed()).toMatchObject({ reason: 'unlinked' });
  });

  it('stands by its own logout when the server ends the stream before it has answered (S14)', async () => {
    const account = await TestAccount.online(world);
    const { number } = account.phone;
    const effect = { kind: 'unanswered', xmlns: 'md' } as const;
    await world.control.setFault({ account: number, effect, count: 1 });
    const leaving = account.session.logout();
    await world.control.until(world.control.listFaults, (faults) => faults.every(({ struck }) => struck > 0));
    await world.control.unlink(number, 1);
    await leaving;
    expect(await account.closed()).toMatchObject({ reason: 'logged_out' });
  });

  it('does not say that it is open when the server closes it during the first login', async () => {
    const account = await TestAccount.create(world);
    await account.link();
    const effect = { kind: 'close', code: 1011 } as const;
    await world.control.setFault({ account: account.phone.number, phase: 'first-sync', effect, count: 1 });
    const session = account.open(true);
    expect((await account.closed()).reason).toBe('connection_closed');
    expect(account.journal.eventsOf('open')).toEqual([]);
    expect(await session.probe(1_000)).toBe(false);
  });

  it('is told at the next login that it was unlinked meanwhile', async () => {
    const account = await TestAccount.online(world);
    await account.session.disconnect();
    await account.closed();
    await world.control.unlink(account.phone.number, 1);
    account.open(true);
    expect(await account.closed()).toMatchObject({ reason: 'unlinked' });
  });

  it('tells a phone that has another number from one that unlinked it', async () => {
    const account = await TestAccount.online(world);
    await world.control.changeNumber(account.phone.number);
    expect(await account.closed()).toMatchObject({ reason: 'number_changed' });
  });

  it('gives way to a second login, and says so', async () => {
    const account = await TestAccount.online(world);
    const first = account.session;
    const closing = account.closed();
    account.open(true);
    expect(await closing).toMatchObject({ reason: 'replaced' });
    await first.disconnect();
  });

  it('ends when its records cannot be read, so that the server brings again what it could not take', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const read = account.journal.get.bind(account.journal);
    account.journal.get = () => Promise.reject(new Error('the database is gone'));
    await world.control.write(ada.number, { to: account.phone.number, text: 'not lost' });
    expect(await account.closed()).toMatchObject({ reason: 'connection_lost' });
    account.journal.get = read;
    await account.login();
    await account.message('not lost');
  });

  it('does not start with a session that is not there', async () => {
    const account = await TestAccount.create(world);
    account.open(true);
    expect(await account.closed()).toMatchObject({ reason: 'session_missing' });
  });
}
