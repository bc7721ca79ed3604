import { expect, it } from 'vitest';
import type { GroupJid } from '../../jid.js';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function groupsContract(world: ContractWorld): void {
  const silentPerson = () => world.control.createPerson({ rule: { kind: 'silent' } });

  async function inGroup() {
    const account = await TestAccount.online(world);
    const [ada, bob] = [await silentPerson(), await silentPerson()];
    const input = { subject: 'Friends', creator: ada.number, participants: [bob.number, account.phone.number] };
    const { id } = await world.control.createGroup(input);
    return { account, ada, bob, group: id as GroupJid };
  }

  it('follows who comes and goes, and lets nobody read on who has gone', async () => {
    const { account, ada, bob, group } = await inGroup();
    const carol = await silentPerson();
    await account.ack(await account.sendText(group, 'one'));
    const changes = account.journal.eventsOf('group-changed').length;
    await world.control.changeGroup(group, { remove: [bob.number] });
    await account.journal.event('group-changed', changes + 1);
    await world.control.changeGroup(group, { add: [carol.number] });
    await account.journal.event('group-changed', changes + 2);
    const id = await account.sendText(group, 'two');
    for (const { number } of [ada, carol]) await world.control.waitForSeen(number, (message) => message.id === id);
    expect((await world.control.seen(bob.number)).items.map(({ text }) => text)).toEqual(['one']);
    expect((await world.control.getPerson(carol.number)).counts).toMatchObject({ unreadable: 0, retriesSent: 0 });
  });

  it('says that it was removed, and writes no more', async () => {
    const { account, group } = await inGroup();
    await account.ack(await account.sendText(group, 'one'));
    await world.control.changeGroup(group, { remove: [account.phone.number] });
    expect(await account.journal.event('group-left')).toEqual({ type: 'group-left', group });
    expect(await account.send(group, 'two')).toMatchObject({ ok: false, certain: true });
  });

  it('lists no groups when there are none', async () => {
    const account = await TestAccount.online(world);
    expect(await account.session.groups?.list()).toEqual([]);
  });

  it('does not know a group that is not there', async () => {
    const account = await TestAccount.online(world);
    expect(await account.send('120363999999999999@g.us' as GroupJid, 'x')).toMatchObject({
      code: 'group_unknown',
      certain: true,
    });
  });
}
