import { expect } from 'vitest';
import { pnJid, type Case } from '../stage.js';

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
      const ids = ['one', 'two'].map((text) => account.send(pnJid(ada), text).id);
      for (const id of ids) await account.status(id, 'sent');
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
];
