import { describe, expect, it } from 'vitest';
import { fault } from './fault.js';
import { Faults, type Moment } from './faults.js';

const online: Moment = { account: '9990100000001', phase: 'online' };
const CLOSE = { effect: { kind: 'close' } } as const;

describe('a fault strikes', () => {
  it('the account and in the phase that it is set for', () => {
    const faults = new Faults();
    faults.set({ ...CLOSE, account: '9990100000001', phase: 'online' });
    expect(faults.strike({ ...online, account: '9990100000002' }, ['close'])).toBeUndefined();
    expect(faults.strike({ ...online, account: undefined }, ['close'])).toBeUndefined();
    expect(faults.strike({ ...online, phase: 'pairing' }, ['close'])).toBeUndefined();
    expect(faults.strike(online, ['reset'])).toBeUndefined();
    expect(faults.strike(online, ['close'])).toEqual({ kind: 'close' });
  });

  it('anybody in any phase, when nothing else is said', () => {
    const faults = new Faults();
    faults.set(CLOSE);
    expect(faults.strike({ account: undefined, phase: 'scanned' }, ['close', 'reset'])).toEqual({ kind: 'close' });
  });

  it('as often as it is set for, the oldest first', () => {
    const faults = new Faults();
    faults.set({ effect: { kind: 'nack', code: 463 }, count: 2 });
    faults.set({ effect: { kind: 'nack', code: 475 }, count: 1 });
    const sending: Moment = { ...online, phase: 'sending' };
    const codes = Array.from({ length: 4 }, () => faults.strike(sending, ['nack'])?.code);
    expect(codes).toEqual([463, 463, 475, undefined]);
    expect(faults.list()).toEqual([]);
  });

  it('with its probability, and is not spent when it does not', () => {
    const thrown = [0.3, 0.29, 0.9, 0.1];
    const faults = new Faults(() => thrown.shift() ?? 1);
    faults.set({ ...CLOSE, probability: 0.3, count: 2 });
    expect([1, 2, 3, 4].map(() => faults.strike(online, ['close']) !== undefined)).toEqual([false, true, false, true]);
  });

  it('queries of one namespace, or of all', () => {
    const faults = new Faults();
    const id = faults.set({ effect: { kind: 'unanswered', xmlns: 'usync' } });
    expect(faults.strike({ ...online, xmlns: 'encrypt' }, ['unanswered'])).toBeUndefined();
    expect(faults.strike({ ...online, xmlns: 'usync' }, ['unanswered'])).toBeDefined();
    faults.clear(id);
    faults.set({ effect: { kind: 'unanswered' } });
    expect(faults.strike({ ...online, xmlns: 'encrypt' }, ['unanswered'])).toBeDefined();
  });
});

it('lists what stands and how often it struck, and clears one or all', () => {
  const faults = new Faults();
  const first = faults.set(CLOSE);
  faults.set({ effect: { kind: 'deaf' } });
  faults.strike(online, ['close']);
  expect(faults.list()).toMatchObject([
    { id: first, account: 'any', probability: 1, struck: 1, effect: { kind: 'close' } },
    { struck: 0, effect: { kind: 'deaf' } },
  ]);
  expect(faults.clear(first)).toBe(true);
  expect(faults.clear(first)).toBe(false);
  expect(faults.clear()).toBe(true);
  expect(faults.list()).toEqual([]);
});

it('adds up the delays that are set for an account', () => {
  const faults = new Faults();
  faults.set({ effect: { kind: 'latency', latencyMs: 10 } });
  faults.set({ account: '9990100000001', effect: { kind: 'latency', latencyMs: 5, jitterMs: 3 } });
  expect(faults.latency('9990100000001')).toEqual({ latencyMs: 15, jitterMs: 3 });
  expect(faults.latency(undefined)).toEqual({ latencyMs: 10, jitterMs: 0 });
});

it.each([
  [{ phase: 'online', effect: { kind: 'nack', code: 463 } }, /only in sending/],
  [{ phase: 'online', effect: { kind: 'upgrade', status: 429 } }, /only in connecting/],
  [{ phase: 'online', effect: { kind: 'latency', latencyMs: 1 } }, /every phase alike/],
  [{ effect: { kind: 'explode' } }, /kind/],
  [{ account: '+9990', effect: { kind: 'deaf' } }, /account/],
  [{ probability: 2, effect: { kind: 'deaf' } }, /probability/],
])('refuses %j', (input, reason) => {
  expect(() => fault.parse(input)).toThrow(reason);
});
