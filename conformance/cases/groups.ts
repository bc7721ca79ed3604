import { expect } from 'vitest';
import type { Person } from '@trunkline/sandbox';
import { isPerson, type Case, type Linked, type Stage } from '../stage.js';

type Addressing = 'pn' | 'lid';

/** Sender keys, in groups of both addressings (protocol.md B.8). */
export const groups: Case[] = (['pn', 'lid'] as const).flatMap((addressing) => casesOf(addressing));

function casesOf(addressing: Addressing): Case[] {
  const kind = addressing === 'pn' ? 'number-addressed' : 'LID-addressed';
  return [
    {
      name: `sends to a ${kind} group, where every member reads it`,
      async run(stage) {
        const { account, members, id: group } = await scene(stage, addressing);
        const first = account.send(group, 'hello, all');
        for (const member of members) {
          expect(await stage.seen(member, first.id)).toMatchObject({ text: 'hello, all', chat: group, times: 1 });
        }
        await account.status(first.id, 'sent');
        // The key was given away with the first message; the second has only to use it.
        const second = account.send(group, 'again');
        for (const member of members) await stage.seen(member, second.id);
      },
    },
    {
      name: `learns who received and who read a message to a ${kind} group`,
      async run(stage) {
        const { account, members, id: group } = await scene(stage, addressing);
        const [ada] = members;
        const { id } = account.send(group, 'who is there?');
        const delivered = await account.status(id, 'delivered');
        expect(members.some((member) => isPerson(member, delivered.by ?? ''))).toBe(true);
        await stage.seen(ada, id);
        await stage.control.read(ada.number);
        const read = await account.status(id, 'read');
        expect(isPerson(ada, read.by ?? '')).toBe(true);
      },
    },
    {
      name: `sends to somebody who joined a ${kind} group later`,
      async run(stage) {
        const { account, members, id: group } = await scene(stage, addressing);
        const first = account.send(group, 'who is missing?');
        for (const member of members) await stage.seen(member, first.id);
        const eve = await stage.person();
        await stage.control.changeGroup(group, { add: [eve.number] });
        await stage.settled(account, await stage.control.getPhone(account.number));
        const second = account.send(group, 'welcome');
        for (const member of [...members, eve]) await stage.seen(member, second.id);
      },
    },
    {
      name: `receives from a member of a ${kind} group`,
      async run(stage) {
        const { account, members, id: group } = await scene(stage, addressing);
        const [ada] = members;
        for (const text of ['the key comes with this', 'and this uses it']) {
          const { id } = await stage.control.write(ada.number, { to: group, text });
          const message = await account.next('message', { id });
          expect(message).toMatchObject({ text, chat: group });
          expect(isPerson(ada, message.sender)).toBe(true);
        }
      },
    },
  ];
}

async function scene(
  stage: Stage,
  addressing: Addressing,
): Promise<Linked & { id: string; members: [Person, Person] }> {
  const linked = await stage.linked();
  const members: [Person, Person] = [await stage.person(), await stage.person('lid')];
  const { id } = await stage.group(members[0], [linked.phone, members[1]], addressing);
  return { ...linked, id, members };
}
