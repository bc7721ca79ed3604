import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../clock/manual-clock.js';
import type { EngineSession, Identity } from '../../engines/engine.js';
import type { LidUser, PhoneDigits } from '../../jid.js';
import { NumberLoop } from './number.loop.js';

const lidOnly: Identity = { phone: null, lid: '77' as LidUser, pushName: null, device: 1 };
const whole: Identity = { ...lidOnly, phone: '9990000000001' as PhoneDigits };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An engine that answers from a plan, and notes when it was asked (seconds). */
function asked(answer: (seconds: number) => Identity | undefined | 'throws') {
  const clock = new ManualClock();
  const at: number[] = [];
  const session = {
    identity: async () => {
      const seconds = clock.monotonic() / 1000;
      at.push(seconds);
      const told = answer(seconds);
      if (told === 'throws') throw new Error('not yet');
      return told;
    },
  } as unknown as EngineSession;
  const loop = new NumberLoop(clock, () => session);
  const run = async (seconds: number) => {
    await turn();
    for (let i = 0; i < seconds * 10; i += 1) {
      clock.advance(100);
      await turn();
    }
  };
  return { clock, at, loop, run };
}

describe('the search for the number', () => {
  it('asks each second while the number alone is late, and stops when it comes', async () => {
    const { at, loop, run, clock } = asked((seconds) => (seconds < 55 ? lidOnly : whole));
    const found: Identity[] = [];
    loop.start((identity) => found.push(identity));
    await run(70);
    expect(at).toEqual(Array.from({ length: 56 }, (_, i) => i));
    expect(found).toEqual([whole]);
    expect(clock.waiting).toBe(0);
  });

  it.each([undefined, 'throws'] as const)(
    'leaves a client alone that does not know itself (%s): 1, 2, 4, 8, 16 s',
    async (told) => {
      const { at, loop, run, clock } = asked(() => told);
      loop.start(() => undefined);
      await run(90);
      expect(at).toEqual([0, 1, 3, 7, 15, 31, 47, 60]);
      expect(clock.waiting).toBe(0);
    },
  );

  it('is never two, and ends when it is told to', async () => {
    const { at, loop, run, clock } = asked(() => lidOnly);
    loop.start(() => undefined);
    loop.start(() => undefined);
    await run(3);
    expect(at).toEqual([0, 1, 2, 3]);
    loop.stop();
    await run(5);
    expect(at).toHaveLength(4);
    expect(clock.waiting).toBe(0);
    loop.start(() => undefined);
    await run(1);
    expect(at).toHaveLength(6);
  });

  it('looks each second between two connections', async () => {
    const clock = new ManualClock();
    const live: { session?: EngineSession } = {};
    const loop = new NumberLoop(clock, () => live.session);
    const found: Identity[] = [];
    loop.start((identity) => found.push(identity));
    await turn();
    for (let i = 0; i < 20; i += 1) {
      clock.advance(1000);
      await turn();
    }
    live.session = { identity: async () => whole } as unknown as EngineSession;
    clock.advance(1000);
    await turn();
    expect(found).toEqual([whole]);
  });
});
