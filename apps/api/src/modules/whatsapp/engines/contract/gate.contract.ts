import { expect, it } from 'vitest';
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
}
