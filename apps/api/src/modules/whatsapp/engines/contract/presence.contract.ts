import { expect, it } from 'vitest';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function presenceContract(world: ContractWorld): void {
  it.each(['pn', 'lid'] as const)('sees a person who is named by %s type, record and be online', async (addressing) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ addressing, rule: { kind: 'silent' } });
    const { id } = await world.control.write(ada.number, { to: account.phone.number, text: 'hi' });
    await account.message('hi');
    for (const doing of ['typing', 'recording', 'paused'] as const)
      await world.control.show(ada.number, { to: account.phone.number, doing });
    const typing = () => {
      const all = account.journal.eventsOf('typing');
      return all.length === 3 ? all : undefined;
    };
    const seen = await account.journal.until(typing, 'three gestures');
    expect(seen.map(({ doing }) => doing)).toEqual(['typing', 'recording', 'paused']);
    expect(seen[0]).toMatchObject({ chat: { lid: ada.lid }, by: { lid: ada.lid } });

    await account.session.presence?.watch(byNumber(ada.number));
    await world.control.appear(ada.number, true);
    await world.control.appear(ada.number, false);
    const presence = () => {
      const all = account.journal.eventsOf('presence');
      return all.some(({ online }) => online) && all.at(-1)?.online === false ? all : undefined;
    };
    const told = await account.journal.until(presence, 'online and gone again');
    expect(told.at(-1)).toMatchObject({ person: { phone: ada.number }, online: false });
    expect(told.at(-1)?.lastSeenAt).toEqual(expect.any(Number));
    expect(id).toBeTruthy();
  });

  it('has a name, is online by it, and so its receipts count (S17)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const named = () => account.journal.eventsOf('identity').find(({ identity }) => identity.pushName === 'Shop');
    await account.journal.until(named, 'push name');
    expect(await account.session.probe(5_000)).toBe(true);
    const { id } = await world.control.write(ada.number, { to: account.phone.number, text: 'are you there?' });
    const receipts = await world.control.until(
      async () => (await world.control.sent(ada.number)).items.find((note) => note.id === id)?.receipts ?? [],
      (all) => all.some(({ device }) => device > 0),
    );
    expect(receipts.filter(({ device }) => device > 0)).toMatchObject([{ type: 'delivered' }]);
  });

  it('shows a person and a group that it types, and that it has read', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const bob = await world.control.createPerson({ rule: { kind: 'silent' } });
    const group = await world.control.createGroup({
      subject: 'Three',
      creator: ada.number,
      participants: [account.phone.number, bob.number],
    });
    const presence = account.session.presence!;
    await presence.show(byNumber(ada.number), 'typing');
    const shown = (person: string, chat: string) =>
      world.control.until(
        () => world.control.shown(person),
        (all) => all.some((one) => one.chat === chat && one.from === account.phone.number),
      );
    expect((await shown(ada.number, account.phone.number)).at(-1)).toMatchObject({ doing: 'typing' });

    const ids: string[] = [];
    for (const text of ['one', 'two']) {
      ids.push((await world.control.write(ada.number, { to: account.phone.number, text })).id);
      await account.message(text);
    }
    const inGroup = await world.control.write(bob.number, { to: group.id, text: 'all' });
    const { chat, sender } = await account.message('all');
    const { sender: adaAsSeen } = await account.message('two');
    await presence.read(
      byNumber(ada.number),
      ids.map((waId) => ({ waId, sender: adaAsSeen })),
    );
    await presence.read(chat, [{ waId: inGroup.id, sender }]);
    const readOf = (person: string, id: string) =>
      world.control.until(
        async () => (await world.control.sent(person)).items.find((note) => note.id === id)?.receipts ?? [],
        (receipts) => receipts.some(({ type }) => type === 'read'),
      );
    for (const id of ids) await readOf(ada.number, id);
    await readOf(bob.number, inGroup.id);
  });
}
