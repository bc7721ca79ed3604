import { expect } from 'vitest';
import { pnJid, type Case } from '../stage.js';

/** Messages that cannot be read, and are asked for again (protocol.md B.6, "Retry"). */
export const retries: Case[] = [
  {
    name: 'asks again for a message that it cannot read, and shows it once',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      await stage.fault(account, { effect: { kind: 'altered-delivery' } });
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'what?' });
      expect(await account.next('message', { id })).toMatchObject({ text: 'what?' });
      expect((await stage.control.getPerson(ada.number)).counts).toMatchObject({ retriesAnswered: 1 });
    },
  },
  {
    name: 'asks again for a message in a session that it has used before',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person('pn', { kind: 'echo' });
      account.send(pnJid(ada), 'first');
      await account.next('message', { text: 'first' });
      await stage.settled(account, phone);
      await stage.fault(account, { effect: { kind: 'altered-delivery' } });
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'what?' });
      expect(await account.next('message', { id })).toMatchObject({ text: 'what?' });
    },
  },
  {
    name: 'sends a message again that a person could not read, under the same id',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      await stage.settled(account, phone);
      await stage.fault(account, { effect: { kind: 'altered-message' } });
      const { id } = account.send(pnJid(ada), 'what did you say?');
      expect(await stage.seen(ada, id)).toMatchObject({ text: 'what did you say?', times: 1 });
      expect((await stage.control.getPerson(ada.number)).counts).toMatchObject({ unreadable: 1, retriesSent: 1 });
      const next = account.send(pnJid(ada), 'and on');
      expect(await stage.seen(ada, next.id)).toMatchObject({ times: 1 });
    },
  },
  {
    name: 'sends a message to a group again that a member could not read',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const [ada, bob] = [await stage.person(), await stage.person()];
      const { id: group } = await stage.group(ada, [bob, phone]);
      await stage.settled(account, phone);
      await stage.fault(account, { effect: { kind: 'altered-message' } });
      const { id } = account.send(group, 'what did you say?');
      for (const member of [ada, bob]) expect(await stage.seen(member, id)).toMatchObject({ times: 1 });
    },
  },
];
