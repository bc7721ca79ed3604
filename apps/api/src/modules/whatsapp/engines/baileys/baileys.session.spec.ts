import { expect, it } from 'vitest';
import { MemoryJournal } from '../testing/memory-journal.js';
import { createBaileysEngine } from './baileys.engine.js';

it('ends also when who is told of its end fails, so that another may be opened', async () => {
  const said: string[] = [];
  const engine = createBaileysEngine({ log: (_, sentence) => void said.push(sentence) });
  const journal = new MemoryJournal();
  const emit = journal.emit.bind(journal);
  journal.emit = (event) => {
    if (event.type === 'closed') throw new RangeError('a fault of ours');
    emit(event);
  };
  const endpoint = { url: 'ws://127.0.0.1:1/ws/chat' };
  const session = engine.open({ accountId: 'a', network: 'sandbox', journal, endpoint, linked: false });
  session.connect();
  await session.disconnect();
  expect(said).toContain('engine: RangeError when its end was told');
});
