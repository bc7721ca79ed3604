import { describe, expect, it } from 'vitest';
import { Gathered } from './gathered.js';

/** Each reading waits until it is let go. */
function desk() {
  const readings: { asked: readonly number[]; end: PromiseWithResolvers<void> }[] = [];
  const gathered = new Gathered<number, string>(async (asked) => {
    const end = Promise.withResolvers<void>();
    readings.push({ asked, end });
    await end.promise;
    return asked.map((each) => `answer ${each}`);
  });
  const begun = async (count: number) => {
    while (readings.length < count) await new Promise((resolve) => setImmediate(resolve));
    return readings[count - 1]!;
  };
  return { gathered, readings, begun };
}

describe('one statement for many', () => {
  it('answers each by their own, whoever asked together', async () => {
    const { gathered, begun } = desk();
    const answers = Promise.all([gathered.ask(1), gathered.ask(2)]);
    const first = await begun(1);
    first.end.resolve();
    expect(first.asked).toEqual([1, 2]);
    expect(await answers).toEqual(['answer 1', 'answer 2']);
  });

  it('lets those who come meanwhile share the next', async () => {
    const { gathered, readings, begun } = desk();
    const early = gathered.ask(1);
    const first = await begun(1);
    const late = [gathered.ask(2), gathered.ask(3)];
    first.end.resolve();
    const second = await begun(2);
    second.end.resolve();
    expect(await Promise.all([early, ...late])).toEqual(['answer 1', 'answer 2', 'answer 3']);
    expect(readings.map(({ asked }) => asked)).toEqual([[1], [2, 3]]);
  });

  it('tells those who asked that it failed, and serves who comes after', async () => {
    const { gathered, begun } = desk();
    const failed = Promise.allSettled([gathered.ask(1), gathered.ask(2)]);
    (await begun(1)).end.reject(new Error('away'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = gathered.ask(3);
    (await begun(2)).end.resolve();
    expect(await again).toBe('answer 3');
  });
});
