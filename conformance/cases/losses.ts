import { expect } from 'vitest';
import type { Account } from '../account.js';
import { pnJid, type Case, type Stage } from '../stage.js';

/** Faults that leave the connection as it is: what is refused, lost, late or not answered (protocol.md B.6, B.9, S3, S4). */
export const losses: Case[] = [
  ...[463, 475, 479].map((code): Case => ({
    name: `learns that a message was refused with ${code}`,
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      await stage.fault(account, { effect: { kind: 'nack', code }, count: undefined });
      const { id } = account.send(pnJid(ada), 'refused');
      const failed = await account.status(id, 'failed');
      expect(Number(failed.code)).toBe(code);
    },
  })),
  {
    name: 'has a message delivered once whose ack was lost',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      await stage.fault(account, { effect: { kind: 'lost-ack' }, count: undefined });
      const { id } = account.send(pnJid(ada), 'no ack for this');
      expect(await stage.seen(ada, id)).toMatchObject({ times: 1 });
      await account.status(id, 'delivered');
    },
  },
  {
    name: 'calls no message sent that was lost',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      const fault = await stage.fault(account, { effect: { kind: 'lost-message' }, count: undefined });
      const lost = account.send(pnJid(ada), 'lost');
      await Promise.allSettled([lost.outcome]);
      await stage.control.clearFault(fault.id);
      const { id } = account.send(pnJid(ada), 'arrives');
      await stage.seen(ada, id);
      await account.status(id, 'sent');
      const sent = account.all('status').some((each) => each.id === lost.id && each.status === 'sent');
      expect(sent).toBe(await hasSeen(stage, ada, lost.id));
    },
  },
  {
    name: 'tells the truth about a send when the devices of a person cannot be asked for',
    run: (stage) => truth(stage, { kind: 'unanswered', xmlns: 'usync' }),
  },
  {
    name: 'tells the truth about a send when the network refuses to name the devices of a person',
    run: (stage) => truth(stage, { kind: 'refuse-query', xmlns: 'usync', code: 500 }),
  },
  {
    name: 'tells the truth about a send when the keys of a person cannot be asked for',
    run: (stage) => truth(stage, { kind: 'unanswered', xmlns: 'encrypt' }),
  },
  {
    name: 'tells the truth about a send to a number that is not on WhatsApp',
    async run(stage) {
      const { account } = await stage.linked();
      expect(await fate(account, '9990999999999@s.whatsapp.net')).toMatchObject({ sent: false });
    },
  },
  {
    name: 'says that a send failed when the server answers pings and nothing else',
    async run(stage) {
      const { account } = await stage.linked();
      const ada = await stage.person();
      await stage.fault(account, { effect: { kind: 'deaf' }, phase: 'online' });
      expect(await fate(account, pnJid(ada))).toMatchObject({ sent: false });
    },
  },
  {
    name: 'works over a slow line, and in order',
    async run(stage) {
      const { account, phone } = await stage.newcomer();
      await stage.fault(account, { effect: { kind: 'latency', latencyMs: 40 }, count: undefined });
      await account.link();
      const { text } = await account.next('qr');
      await stage.control.scan(phone.number, { qr: text });
      await stage.settle(account);
      const ada = await stage.person();
      await stage.fault(account, { effect: { kind: 'latency', latencyMs: 0, jitterMs: 40 }, count: undefined });
      const ids: string[] = [];
      for (const each of ['one', 'two', 'three']) {
        const { id, outcome } = account.send(pnJid(ada), each);
        ids.push(id);
        await outcome;
      }
      for (const id of ids) await stage.seen(ada, id);
      const { items } = await stage.control.seen(ada.number);
      expect(items.map(({ id }) => id)).toEqual(ids);
    },
  },
];

/** Whatever is missing, what the client says of the message is so. */
async function truth(stage: Stage, effect: Parameters<Stage['fault']>[1]['effect']): Promise<void> {
  const { account } = await stage.linked();
  const ada = await stage.person();
  await stage.fault(account, { effect, count: undefined });
  const { id, sent } = await fate(account, pnJid(ada));
  if (sent) await stage.seen(ada, id);
  else expect(await hasSeen(stage, ada, id)).toBe(false);
}

/** Waits until the client says, in whatever way, what became of a message. */
async function fate(account: Account, to: string): Promise<{ id: string; sent: boolean }> {
  const { id, outcome } = account.send(to, 'what becomes of this?');
  const thrown = outcome.then(
    () => new Promise<never>(() => {}),
    () => false,
  );
  const said = account.fate(id).then(({ status }) => status !== 'failed');
  return { id, sent: await Promise.race([thrown, said]) };
}

async function hasSeen(stage: Stage, person: { number: string }, id: string): Promise<boolean> {
  const { items } = await stage.control.seen(person.number);
  return items.some((message) => message.id === id);
}
