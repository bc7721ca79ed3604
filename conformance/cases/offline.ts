import { expect } from 'vitest';
import type { Person } from '@trunkline/sandbox';
import type { Account } from '../account.js';
import { pnJid, type Case, type Stage } from '../stage.js';

/** What is sent while the other side is away, and what comes twice (protocol.md B.5, B.7). */
export const offline: Case[] = [
  {
    name: 'gets what was written while it was away, in order and once',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      await account.close();
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three'])
        ids.push((await stage.control.write(ada.number, { to: phone.number, text })).id);
      await account.login();
      await account.next('message', { id: ids.at(-1) });
      expect(
        account
          .all('message')
          .map(({ id }) => id)
          .slice(1),
      ).toEqual(ids);
    },
  },
  {
    name: 'reaches a person who was away, once',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      await stage.control.changePerson(ada.number, { online: false });
      const ids: string[] = [];
      for (const text of ['one', 'two']) {
        const { id } = account.send(pnJid(ada), text);
        ids.push(id);
        // A client may send two at once in either order.
        await account.status(id, 'sent');
      }
      await stage.control.changePerson(ada.number, { online: true });
      for (const id of ids) await stage.seen(ada, id);
      const { items } = await stage.control.seen(ada.number);
      expect(items.map(({ id, times }) => [id, times])).toEqual(ids.map((id) => [id, 1]));
      for (const id of ids) await account.status(id, 'delivered');
    },
  },
  {
    name: 'shows a message once that is delivered twice',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      const fault = await stage.fault(account, { effect: { kind: 'duplicate-delivery' } });
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'once, please' });
      await account.next('message', { id });
      expect(await stage.isSpent(fault)).toBe(true);
      expect(await account.count('message', { id })).toBe(1);
    },
  },
  {
    name: 'does not ask again for a message that is delivered twice',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      const fault = await stage.fault(account, { effect: { kind: 'duplicate-delivery' } });
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'once, please' });
      await account.next('message', { id });
      expect(await stage.isSpent(fault)).toBe(true);
      expect(await account.count('unreadable', { id })).toBe(0);
      expect((await stage.control.getPerson(ada.number)).counts.retriesAnswered).toBe(0);
    },
  },
  {
    name: 'shows a message once whose receipt was lost, and which is delivered again',
    async run(stage) {
      const { account, id } = await lostReceipt(stage);
      expect(await account.count('message', { id })).toBe(1);
    },
  },
  {
    name: 'says in the end that a message was received whose first receipt was lost',
    async run(stage) {
      const { ada, id } = await lostReceipt(stage);
      await stage.receipts(ada, id, (types) => types.length > 0);
    },
  },
];

/** On a slow line the server goes deaf behind a message: what the client says to it is not heard. */
async function lostReceipt(stage: Stage): Promise<{ account: Account; ada: Person; id: string }> {
  const { account, phone } = await stage.linked();
  const ada = await stage.person();
  await stage.settled(account, phone);
  const slow = await stage.fault(account, { effect: { kind: 'latency', latencyMs: 300 }, count: undefined });
  const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'twice, if need be' });
  await stage.fault(account, { effect: { kind: 'deaf' }, phase: 'online' });
  await account.next('message', { id });
  await account.close();
  await stage.control.clearFault(slow.id);
  expect(await stage.receiptsNow(ada, id)).toEqual([]);
  await account.login();
  return { account, ada, id };
}
