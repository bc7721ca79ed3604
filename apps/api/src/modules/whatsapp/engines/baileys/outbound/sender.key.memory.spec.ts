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
