import { expect, it } from 'vitest';
import type { GroupJid } from '../jid.js';
import { type Entry, type EntryWriters, type TypeAndData, writeEntries } from './entry.js';

const of = { accountId: 'a', network: 'sandbox' } as const;
const at = new Date(0);
const answer = (id: string): Entry => ({ ...of, type: 'answer', data: { id, answer: { ok: true } } });
const left: Entry = { ...of, type: 'group-left', data: '1@g.us' as GroupJid };

it('are given to the writer of their type, all at once and in the order of the writers', async () => {
  const seen: unknown[] = [];
  const writers: Partial<EntryWriters> = {
    'group-left': async (_, entries) => void seen.push(entries.map(({ data }) => data.toUpperCase())),
    answer: async (_, entries) => void seen.push(entries.map(({ data }) => data.id)),
  };
  await writeEntries({} as never, writers, [answer('1'), left, answer('2')], at);
  expect(seen).toEqual([['1@G.US'], ['1', '2']]);
});

it('are of their own type alone', () => {
  const write = (...entry: TypeAndData): TypeAndData => entry;
  expect(write('account.removed', { at })).toHaveLength(2);
  // @ts-expect-error another type's data
  write('account.removed', { traceId: '', n: 0, at, line: '', node: {} });
  const either = (['trace', 'account.removed'] as const)[Number('0')]!;
  // @ts-expect-error which of the two it is must be known
  write(either, { at });
});
