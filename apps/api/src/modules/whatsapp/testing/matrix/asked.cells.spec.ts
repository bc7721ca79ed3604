import { expect, it } from 'vitest';
import { allCells, quickCells } from '../../accounts/faults/quick.cells.js';
import { askedCells } from './asked.cells.js';

it('drives all, and what is asked for', () => {
  expect(askedCells([])).toEqual({ cells: allCells(), isWhole: true });
  expect(askedCells(['--quick'])).toEqual({ cells: quickCells(), isWhole: false });
  const some = allCells().slice(0, 2);
  expect(askedCells(['--cells', some.join()])).toEqual({ cells: some, isWhole: false });
  expect(askedCells(['--fault', 'dns'])!.cells.every((cell) => cell.startsWith('dns/'))).toBe(true);
  expect(askedCells(['--help'])).toBeUndefined();
});

it.each([
  ['--fault', 'nothing', 'There is no fault "nothing". There is: device-removed'],
  ['--phase', 'nowhere', 'There is no phase "nowhere". There is: connecting'],
  ['--cells', 'nothing/idle', 'There is no cell "nothing/idle"'],
])('drives nothing for what is not there: %s %s', (option, value, says) => {
  expect(() => askedCells([option, value])).toThrow(says);
});
