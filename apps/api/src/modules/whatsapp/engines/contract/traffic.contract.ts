import { expect, it } from 'vitest';
import type { GroupJid } from '../../jid.js';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

/** No more questions than needed: WhatsApp watches unusual traffic, and each needless prekey is one of somebody else's. */
export function trafficContract(world: ContractWorld): void {
  const silentPerson = () => world.control.createPerson({ rule: { kind: 'silent' } });

  /** How much the network's counts grew while the work was done. */
  async function growth(work: () => Promise<unknown>): Promise<(name: string) => number> {
    const before = await world.control.counts();
    await work();
    const after = await world.control.counts();
    return (name) => (after[name] ?? 0) - (before[name] ?? 0);
  }

  it('keeps sessions and device lists over a restart (S23)', async () => {
    const account = await TestAccount.online(world);
    const ada = await silentPerson();
    const first = await growth(async () => account.ack(await account.sendText(byNumber(ada.number), 'one')));
    expect(first('queries:usync')).toBe(1);
    await account.crashed();
    await account.login();
    const second = await growth(async () => account.ack(await account.sendText(byNumber(ada.number), 'two')));
    expect(second('queries:usync')).toBe(0);
    expect(second('prekeys:given')).toBe(0);
    expect((await world.control.getPerson(ada.number)).counts).toMatchObject({ seen: 2, reused: 0, unreadable: 0 });
  });

  it('asks once for the bundles of one device, however many messages wait for it', async () => {
    const account = await TestAccount.online(world);
    const ada = await silentPerson();
    await account.ack(await account.sendText(byNumber((await silentPerson()).number), 'knows its own phone'));
    const asked = await growth(async () => {
      const ids = await Promise.all(['a', 'b', 'c'].map((value) => account.sendText(byNumber(ada.number), value)));
      for (const id of ids) await account.ack(id);
    });
    expect(asked('prekeys:given')).toBe(1);
  });

  it('describes a group once, not with every message (S20)', async () => {
    const account = await TestAccount.online(world);
    const ada = await silentPerson();
    const input = { subject: 'Quiet', creator: ada.number, participants: [account.phone.number] };
    const { id } = await world.control.createGroup(input);
    // A group that changes while it is described is asked for once more.
    await account.journal.event('group-changed');
    const [to] = (await account.session.groups?.list())?.map(({ group }) => group) ?? [];
    expect(to).toBe(id);
    const asked = await growth(async () => {
      for (const value of ['one', 'two', 'three'])
        await account.ack(await account.sendText(to ?? expect.fail(), value));
    });
    expect(asked('queries:w:g2')).toBe(0);
    expect(asked('queries:usync')).toBe(1);
  });

  it('gives a contact its token once a week, not with every message (S6)', async () => {
    const account = await TestAccount.online(world);
    const ada = await silentPerson();
    const asked = await growth(async () => {
      for (const value of ['one', 'two', 'three'])
        await account.ack(await account.sendText(byNumber(ada.number), value));
      expect(await account.session.probe(5_000)).toBe(true);
    });
    expect(asked('queries:privacy')).toBe(1);
  });

  it('writes to a device that was linked meanwhile, without asking for the whole list', async () => {
    const [account, other] = [await TestAccount.online(world), await TestAccount.create(world)];
    const to = byNumber(other.phone.number);
    await account.ack(await account.sendText(to, 'to the phone'));
    await other.link();
    await other.login();
    expect(await account.session.probe(5_000)).toBe(true);
    const asked = await growth(async () => {
      await account.sendText(to, 'to both');
      await other.message('to both');
    });
    expect(asked('queries:usync')).toBe(0);
    await other.session.logout();
    const after = await growth(async () => account.ack(await account.sendText(to, 'to the phone again')));
    expect(after('refused:no-participants')).toBe(0);
  });

  it.each([
    ['pn', 'in one life', false],
    ['lid', 'over a restart', true],
  ] as const)('begins anew in time with a person (%s) who has a new phone, %s', async (addressing, _, restarts) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ addressing, rule: { kind: 'silent' } });
    const to = byNumber(ada.number);
    const group = await world.control.createGroup({
      subject: 'Ours',
      creator: ada.number,
      participants: [account.phone.number],
    });
    const all = group.id as GroupJid;
    for (const chat of [to, all]) await account.ack(await account.sendText(chat, 'to the old phone'));
    await world.control.write(ada.number, { to: account.phone.number, text: 'from the old phone' });
    await account.message('from the old phone');
    await world.control.changePerson(ada.number, { newPhone: true });
    expect(await account.session.probe(5_000)).toBe(true);
    for (const chat of [to, all]) {
      const id = await account.sendText(chat, 'to the new phone');
      expect(await world.control.waitForSeen(ada.number, (message) => message.id === id)).toMatchObject({ times: 1 });
      if (!restarts) continue;
      await account.crashed();
      await account.login();
    }
    await world.control.write(ada.number, { to: account.phone.number, text: 'from the new phone' });
    await account.message('from the new phone');
    expect((await world.control.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
  });

  it('sends nothing that the network does not know, and to no strange device', async () => {
    const counts = Object.entries(await world.control.counts());
    const odd = counts.filter(([name]) =>
      /^(unknown|stale:(strange|unknown)|refused:(no-|stanza|node|frame))/.test(name),
    );
    expect(odd).toEqual([]);
  });
}
