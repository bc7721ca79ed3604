import { expect } from 'vitest';
import { isPerson, lidJid, pnJid, type Case } from '../stage.js';

/** One to one: sending, receiving and what is said about both (protocol.md B.6, B.7). */
export const messages: Case[] = [
  {
    name: 'sends to a person addressed by number',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { id } = account.send(pnJid(ada), 'by number');
      const seen = await stage.seen(ada, id);
      expect(seen).toMatchObject({ text: 'by number', from: phone.number, times: 1 });
      await account.status(id, 'sent');
    },
  },
  {
    name: 'sends to a person addressed by LID',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person('lid');
      const { id } = account.send(lidJid(ada), 'by LID');
      const seen = await stage.seen(ada, id);
      expect(seen).toMatchObject({ text: 'by LID', from: phone.number, times: 1 });
      await account.status(id, 'sent');
    },
  },
  {
    name: 'sends a copy to its own phone',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { id } = account.send(pnJid(ada), 'for both');
      expect(await stage.seen(phone, id)).toMatchObject({ text: 'for both', fromMe: true, times: 1 });
    },
  },
  {
    name: 'sends in order',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three', 'four', 'five']) {
        const { id, outcome } = account.send(pnJid(ada), text);
        ids.push(id);
        await outcome;
      }
      await stage.seen(ada, ids.at(-1)!);
      const { items } = await stage.control.seen(ada.number);
      expect(items.map(({ id }) => id)).toEqual(ids);
    },
  },
  {
    name: 'sends twenty messages at once, with no counter used twice',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      const ids = Array.from({ length: 20 }, (_, index) => account.send(pnJid(ada), `number ${index}`).id);
      for (const id of ids) await stage.seen(ada, id);
      const { items } = await stage.control.seen(ada.number);
      expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      const { counts } = await stage.control.getPerson(ada.number);
      expect(counts).toMatchObject({ reused: 0, unreadable: 0 });
    },
  },
  {
    name: 'learns that a message was delivered and that it was read',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      const { id } = account.send(pnJid(ada), 'tick, tick');
      await account.status(id, 'delivered');
      await stage.control.read(ada.number);
      await account.status(id, 'read');
    },
  },
  {
    name: 'receives from a person who writes from a number',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'hello' });
      const message = await account.next('message', { id });
      expect(message.text).toBe('hello');
      expect(isPerson(ada, message.chat)).toBe(true);
    },
  },
  {
    name: 'receives from a person who writes from a LID',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person('lid');
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'hello' });
      const message = await account.next('message', { id });
      expect(message.text).toBe('hello');
      expect(isPerson(ada, message.chat)).toBe(true);
    },
  },
  {
    name: 'says that a message was received',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'did you get this?' });
      await account.next('message', { id });
      await stage.receipts(ada, id, (types) => types.some((type) => type === 'delivered' || type === 'inactive'));
    },
  },
  {
    name: 'says that a message was read',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'did you see this?' });
      const message = await account.next('message', { id });
      await account.markRead(message);
      await stage.receipts(ada, id, (types) => types.some((type) => type.startsWith('read')));
    },
  },
  {
    name: 'sees what its phone wrote to a person',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      const { id } = await stage.control.write(phone.number, { to: ada.number, text: 'from the phone' });
      const message = await account.next('message', { id });
      expect(message).toMatchObject({ text: 'from the phone', fromMe: true });
      expect(isPerson(ada, message.chat)).toBe(true);
    },
  },
  {
    name: 'talks back and forth with a person',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person('pn', { kind: 'echo' });
      for (const text of ['one', 'two', 'three']) {
        account.send(pnJid(ada), text);
        await account.next('message', { text });
      }
    },
  },
];
