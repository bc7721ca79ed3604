import { expect, it } from 'vitest';
import { aMessage } from '../../../testing/builders';
import { rowsOf } from './rows';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const kinds = (times: string[]) =>
  rowsOf(times.map((timestamp) => aMessage({ timestamp })).toReversed(), []).map((row) =>
    row.kind === 'bubble' ? (row.joined ? 'joined' : 'bubble') : row.kind,
  );

it('begins each day with a line', () => {
  expect(kinds([at(23, 23), at(24, 0), at(24, 9)])).toEqual(['day', 'bubble', 'day', 'bubble', 'bubble']);
});

it('knows which were sent again', () => {
  const failed = aMessage({ status: 'failed' });
  const rows = rowsOf([aMessage({ retryOf: failed.id }), failed], []);
  expect(rows.flatMap((row) => (row.kind === 'bubble' ? row.sentAgain : []))).toEqual([true, false]);
});

it('joins what one author says within minutes', () => {
  expect(kinds([at(24, 9, 0), at(24, 9, 2), at(24, 9, 30)])).toEqual(['day', 'bubble', 'joined', 'bubble']);
});
