import { expect, it } from 'vitest';
import type { GroupJid } from '../../jid.js';
import { TestAccount, byNumber, text, type ContractWorld } from '../testing/linked-account.js';

export function gateContract(world: ContractWorld): void {
  it('lets nothing out before it is durable', async () => {
    const [held, free] = [await TestAccount.online(world), await TestAccount.online(world)];
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await held.ack(await held.sendText(byNumber(ada.number), 'before'));
    held.journal.holdCommits();
    const id = await held.sendText(byNumber(ada.number), 'held back');
    const other = await free.sendText(byNumber(ada.number), 'free');
    await free.ack(other);
    await world.control.waitForSeen(ada.number, (message) => message.id === other);
    expect((await world.control.seen(ada.number)).items.map((message) => message.text)).toEqual(['before', 'free']);
    held.journal.resume();
    await world.control.waitForSeen(ada.number, (message) => message.id === id);
  });

  it('never uses a message counter again after a crash (S21)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'echo' } });
    for (let round = 0; round < 4; round++) {
      const id = await account.sendText(byNumber(ada.number), `round ${round}`);
      if (round % 2 === 0) await account.message(`round ${round}`);
      await account.crashed();
      await account.login();
      const result = await account.session.send({
        waId: id,
        to: byNumber(ada.number),
        content: text(`round ${round}`),
      });
      expect(result.ok).toBe(true);
      await world.control.waitForSeen(ada.number, (message) => message.id === id);
    }
    const { items } = await world.control.seen(ada.number);
    expect(items.map((message) => message.text)).toEqual(['round 0', 'round 1', 'round 2', 'round 3']);
    expect((await world.control.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
  });

  it.each([
    ['before its step is committed', (account: TestAccount) => account.journal.holdCommits(), false],
    ['after the commit, before the frame leaves', (account: TestAccount) => account.journal.holdFrames(), false],
    ['after the frame has left, before the ack', () => undefined, true],
  ] as const)('is seen once, with no counter used again, of a sender that dies %s (S21)', async (_, hold, leaves) => {
    const { control } = world;
    const account = await TestAccount.online(world);
    const [ada, bob] = [
      await control.createPerson({ addressing: 'pn', rule: { kind: 'silent' } }),
      await control.createPerson({ addressing: 'lid', rule: { kind: 'silent' } }),
    ];
    const participants = [account.phone.number, bob.number];
    const group = await control.createGroup({ subject: 'All', creator: ada.number, participants });
    const chats = [
      { to: byNumber(ada.number), readers: [ada] },
      { to: byNumber(bob.number), readers: [bob] },
      { to: group.id as GroupJid, readers: [ada, bob] },
    ];
    for (const { to, readers } of chats) {
      const before = await account.sendText(to, 'before');
      for (const { number } of readers) await control.waitForSeen(number, ({ id }) => id === before);
      hold(account);
      const waId = await account.sendText(to, 'under way');
      if (leaves) for (const { number } of readers) await control.waitForSeen(number, ({ id }) => id === waId);
      await account.crashed();
      await account.login();
      await account.sent({ waId, to, content: text('under way') });
      const after = await account.sendText(to, 'after');
      for (const { number } of readers) {
        await control.waitForSeen(number, ({ id }) => id === after);
        expect(await control.waitForSeen(number, ({ id }) => id === waId)).toMatchObject({ times: 1 });
      }
    }
    for (const { number } of [ada, bob]) {
      expect((await control.getPerson(number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    }
  });
}
