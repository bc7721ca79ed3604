import { describe, expect, it } from 'vitest';
import { Rounds } from './rounds.js';

/** Rounds that end when the spec says so. */
function rounds() {
  const under: ((more: boolean | Error) => void)[] = [];
  let begun = 0;
  const work = new Rounds(() => {
    begun += 1;
    return new Promise((resolve, reject) => {
      under.push((more) => (more instanceof Error ? reject(more) : resolve(more)));
    });
  });
  const end = async (more: boolean | Error) => {
    under.shift()!(more);
    await new Promise(setImmediate);
  };
  return { work, end, begun: () => begun };
}

describe('rounds', () => {
  it('are one at a time, and one more for all who asked meanwhile', async () => {
    const { work, end, begun } = rounds();
    work.ask();
    work.ask();
    work.ask();
    expect(begun()).toBe(1);
    await end(false);
    expect(begun()).toBe(2);
    await end(false);
    expect(begun()).toBe(2);
    work.ask();
    expect(begun()).toBe(3);
  });

  it('are one at a time also for a round that asks in its first step', async () => {
    let [under, most, begun] = [0, 0, 0];
    const work: Rounds = new Rounds(async () => {
      most = Math.max(most, (under += 1));
      if ((begun += 1) === 1) work.ask();
      await new Promise(setImmediate);
      under -= 1;
      return false;
    });
    work.ask();
    await work.stop();
    expect([most, begun]).toEqual([1, 1]);
  });

  it('lose nobody who asks when the last one has just ended', async () => {
    let begun = 0;
    const looks: (() => void)[] = [];
    const work: Rounds = new Rounds(async () => {
      begun += 1;
      await new Promise<void>((resolve) => looks.push(resolve));
      // Asked in the very step in which this round's promise is settled.
      if (begun === 1) queueMicrotask(() => work.ask());
      return false;
    });
    work.ask();
    looks[0]!();
    await new Promise(setImmediate);
    expect(begun).toBe(2);
  });

  it('go on while there is more, and wait after one that failed', async () => {
    const { work, end, begun } = rounds();
    work.ask();
    await end(true);
    expect(begun()).toBe(2);
    await end(new Error('the database is away'));
    expect(begun()).toBe(2);
    work.ask();
    expect(begun()).toBe(3);
  });

  it('begin no more once they are stopped, which waits for the last', async () => {
    const { work, end, begun } = rounds();
    work.ask();
    let stopped = false;
    const stop = work.stop().then(() => (stopped = true));
    work.ask();
    expect(stopped).toBe(false);
    await end(true);
    await stop;
    expect(begun()).toBe(1);
  });
});
