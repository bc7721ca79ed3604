import { expect, it } from 'vitest';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function linkingContract(world: ContractWorld): void {
  it('links by QR, and stores the credentials with the news', async () => {
    const account = await TestAccount.create(world, 'Shop');
    account.open(false);
    const qr = await account.journal.event('qr');
    expect(qr.ttlMs).toBe(60_000);
    expect(account.journal.ids('creds')).toEqual([]);
    await world.control.scan(account.phone.number, { qr: qr.text });
    const { identity } = await account.journal.event('linked');
    expect(identity).toMatchObject({ phone: account.phone.number, lid: account.phone.lid, device: 1 });
    expect(account.journal.ids('creds')).toEqual(['creds']);
    expect(await account.closed()).toMatchObject({ reason: 'restart_required' });
    await account.login();
    expect(await account.session.probe(5_000)).toBe(true);
  });

  it('learns its push name', async () => {
    const account = await TestAccount.online(world, 'Corner shop');
    const named = () =>
      account.journal.eventsOf('identity').find(({ identity }) => identity.pushName === 'Corner shop');
    expect(await account.journal.until(named, 'push name')).toBeDefined();
  });

  it('links by pairing code', async () => {
    const account = await TestAccount.create(world);
    account.open(false, account.phone.number);
    const { code, ttlMs } = await account.journal.event('pairing-code');
    expect(ttlMs).toBe(160_000);
    expect(account.journal.eventsOf('qr')).toEqual([]);
    await world.control.typeCode(account.phone.number, { code });
    expect((await account.journal.event('linked')).identity.phone).toBe(account.phone.number);
    await account.closed();
    await account.login();
  });

  it('has nothing to come back to when it dies while a code is shown (S13)', async () => {
    const account = await TestAccount.create(world);
    account.open(false, account.phone.number);
    await account.journal.event('pairing-code');
    await account.crashed();
    expect([...account.journal.durable.keys()]).toEqual([]);
    account.open(true);
    expect(await account.closed()).toMatchObject({ reason: 'session_missing' });
  });

  it.each([
    ['QR', undefined],
    ['code', 'by code'],
  ])('says that a passkey is wanted when it links by %s, and keeps nothing', async (_how, byCode) => {
    const account = await TestAccount.create(world);
    const { number } = account.phone;
    await world.control.setFault({ account: number, effect: { kind: 'passkey' } });
    account.open(false, byCode && number);
    const linking = byCode
      ? account.journal.event('pairing-code').then(({ code }) => world.control.typeCode(number, { code }))
      : account.journal.event('qr').then(({ text: qr }) => world.control.scan(number, { qr }));
    await expect(linking).rejects.toThrow('passkey');
    expect(await account.closed()).toMatchObject({ reason: 'passkey_required' });
    expect(account.journal.ids('creds')).toEqual([]);
  });

  it('takes the past along, quietly', async () => {
    const account = await TestAccount.create(world);
    const ada = await world.control.createPerson({ name: 'Ada', rule: { kind: 'silent' } });
    await world.control.write(ada.number, { to: account.phone.number, text: 'long ago' });
    await world.control.waitForSeen(account.phone.number, ({ text: seen }) => seen === 'long ago');
    await account.link();
    await account.login();
    expect(await account.message('long ago')).toMatchObject({
      history: true,
      fromMe: false,
      chat: { phone: ada.number, lid: ada.lid },
    });
    const named = () =>
      account.journal
        .eventsOf('people')
        .flatMap(({ people }) => people)
        .find(({ name }) => name === 'Ada');
    expect(await account.journal.until(named, 'the name of Ada')).toMatchObject({ phone: ada.number, lid: ada.lid });
  });

  it('finds its number when the server names the device by LID only', async () => {
    const account = await TestAccount.create(world);
    await account.link({ lidOnly: true });
    expect((await account.journal.event('linked')).identity).toMatchObject({ phone: null, lid: account.phone.lid });
    await account.login();
    expect((await account.session.identity())?.phone).toBe(account.phone.number);
  });

  it('comes back after a crash without a scan', async () => {
    const account = await TestAccount.online(world);
    await account.crashed();
    await account.login();
    expect(account.journal.eventsOf('qr')).toEqual([]);
    expect(await account.session.probe(5_000)).toBe(true);
  });
}
