import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { People, type Person, type Sighting } from './people.js';

const person = (id: string, phone: string | null, lid: string | null, pushName: string | null = null): Person => ({
  id,
  phone,
  lid,
  pushName,
});
const counter = () => {
  let n = 0;
  return () => `n${String((n += 1)).padStart(6, '0')}`;
};

describe('people', () => {
  it('knows who it has seen and changes nothing', () => {
    const people = new People([person('a', '1', '2', 'Ann')], counter());
    const seen = people.learn([
      { phone: '1', lid: null },
      { phone: null, lid: '2', name: 'Ann' },
    ]);
    expect(seen.map(({ id }) => id)).toEqual(['a', 'a']);
    expect(people.changes).toEqual({ inserted: [], updated: [], merged: [] });
  });

  it('merges two halves into the older', () => {
    const people = new People([person('b', '1', null), person('a', null, '2', 'Ann')], counter());
    people.learn([{ phone: '1', lid: '2' }]);
    const { changes } = people;
    expect(changes.merged).toEqual([{ from: 'b', into: 'a' }]);
    expect(changes.updated).toEqual([person('a', '1', '2', 'Ann')]);
    expect(people.find({ phone: '1', lid: null })?.id).toBe('a');
  });

  it('gives a number that moved to the LID seen last', () => {
    const people = new People([person('a', '1', '2')], counter());
    people.learn([{ phone: '1', lid: '3' }]);
    const { changes } = people;
    expect(changes.updated).toEqual([person('a', null, '2')]);
    expect(changes.inserted).toEqual([person('n000001', '1', '3')]);
  });

  it('follows a person who changed their number', () => {
    const people = new People([person('a', '1', '2')], counter());
    people.learn([{ phone: '9', lid: '2' }]);
    expect(people.changes.updated).toEqual([person('a', '9', '2')]);
    expect(people.find({ phone: '1', lid: null })).toBeUndefined();
  });

  it('inserts a person once, however often they are seen', () => {
    const people = new People([], counter());
    const seen = people.learn([
      { phone: '1', lid: null },
      { phone: null, lid: '2' },
      { phone: '1', lid: '2', name: 'Ann' },
    ]);
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(['n000001']));
    const { changes } = people;
    expect(changes.inserted).toEqual([person('n000001', '1', '2', 'Ann')]);
    expect(changes.merged).toEqual([]);
  });

  const digit = fc.constantFrom('1', '2', '3', '4');
  const sighting: fc.Arbitrary<Sighting> = fc.oneof(
    fc.record({ phone: digit, lid: fc.constant(null) }),
    fc.record({ phone: fc.constant(null), lid: digit }),
    fc.record({ phone: digit, lid: digit }),
  );

  it('never has two people with one number or one LID, and always believes the last mapping', () => {
    fc.assert(
      fc.property(fc.array(fc.array(sighting, { maxLength: 6 }), { maxLength: 6 }), (batches) => {
        const newId = counter();
        let rows: Person[] = [];
        for (const batch of batches) {
          const people = new People(rows, newId);
          const seen = people.learn(batch);
          const { inserted, updated, merged } = people.changes;
          const gone = new Set(merged.map(({ from }) => from));
          const changed = new Map([...inserted, ...updated].map((row) => [row.id, row]));
          rows = [...rows.filter(({ id }) => !changed.has(id)), ...changed.values()].filter(({ id }) => !gone.has(id));
          for (const key of ['phone', 'lid'] as const) {
            const values = rows.map((row) => row[key]).filter((value) => value !== null);
            expect(new Set(values).size).toBe(values.length);
          }
          for (const { id } of seen) expect(rows.map((row) => row.id)).toContain(id);
          const last = batch.findLast(({ phone, lid }) => phone !== null && lid !== null);
          if (last) expect(rows).toContainEqual(expect.objectContaining({ phone: last.phone, lid: last.lid }));
          expect(rows.every(({ phone, lid }) => phone !== null || lid !== null)).toBe(true);
          for (const { into } of merged) expect(gone.has(into) || rows.some(({ id }) => id === into)).toBe(true);
        }
      }),
    );
  });
});
