import { fault } from '@trunkline/sandbox';
import { describe, expect, it } from 'vitest';
import { effectOf, FAULT_KINDS, initialValues } from './fault-fields';

describe.each(FAULT_KINDS)('the form of the fault %s', (kind) => {
  it('begins with what the sandbox takes', () => {
    expect(fault.safeParse({ effect: effectOf(kind, initialValues(kind)) }).error).toBeUndefined();
  });
});

it('leaves out what is empty and reads numbers as numbers', () => {
  expect(effectOf('stream-error', { code: '515', conflict: '', child: ' ' })).toEqual({
    kind: 'stream-error',
    code: 515,
  });
  expect(effectOf('least-version', { version: '2.3000.7' })).toEqual({ kind: 'least-version', version: [2, 3000, 7] });
});
