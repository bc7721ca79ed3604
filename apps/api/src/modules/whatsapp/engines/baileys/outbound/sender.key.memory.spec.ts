import { expect, it } from 'vitest';
import { MemoryJournal } from '../../testing/memory-journal.js';
import { ada } from '../testing/recipients.js';
import { SenderKeyMemory } from './sender.key.memory.js';

it('counts a sender key as given once the message that carried it was taken', async () => {
  const journal = new MemoryJournal();
  const memory = new SenderKeyMemory(journal);
  await memory.sending('A', 'g', 'me', [ada]);
  expect([...(await memory.have('g', 'me'))]).toEqual([ada]);
  await journal.settled();
  expect([...(await new SenderKeyMemory(journal.crash()).have('g', 'me'))]).toEqual([]);
  const again = new MemoryJournal();
  const second = new SenderKeyMemory(again);
  await second.sending('A', 'g', 'me', [ada]);
  await second.sending('B', 'g', 'me', ['8@s.whatsapp.net']);
  second.acked('A', true);
  second.acked('B', false);
  await again.settled();
  const restarted = new SenderKeyMemory(again.crash());
  expect([...(await second.have('g', 'me'))]).toEqual([ada]);
  expect([...(await restarted.have('g', 'me'))]).toEqual([ada]);
  expect([...(await restarted.have('g', 'me by lid'))]).toEqual([]);
});

it('gives it anew to who has another phone, in each group, also in one that is read after a restart', async () => {
  const journal = new MemoryJournal();
  const memory = new SenderKeyMemory(journal);
  const bob = '8@s.whatsapp.net';
  for (const group of ['g', 'h']) {
    await memory.sending(group, group, 'me', [ada, bob]);
    memory.acked(group, true);
  }
  await memory.sending('under way', 'g', 'me', [ada]);
  await journal.settled();
  const second = new SenderKeyMemory(new MemoryJournal(new Map(journal.durable)));
  for (const each of [memory, second]) await each.renewed([ada]);
  memory.acked('under way', true);
  for (const group of ['g', 'h'])
    for (const each of [memory, second]) expect([...(await each.have(group, 'me'))]).toEqual([bob]);
  await memory.sending('anew', 'h', 'me', [ada]);
  memory.acked('anew', true);
  await journal.settled();
  const third = new SenderKeyMemory(journal.crash());
  expect([...(await third.have('h', 'me'))].toSorted()).toEqual([ada, bob].toSorted());
  expect([...(await third.have('g', 'me'))]).toEqual([bob]);
});
