import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../clock/manual-clock.js';
import { LoginPace } from './login.pace.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Logins by the moment (ms) at which each began. */
function paced() {
  const clock = new ManualClock();
  let n = 0;
  const pace = new LoginPace(clock, undefined, () => (++n * 0.37) % 1);
  const began: number[] = [];
  const leave: (() => void)[] = [];
  const login = () => void pace.begin().then((release) => (began.push(clock.elapsed()), leave.push(release)));
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 1) {
      clock.advance(1);
      await turn();
    }
  };
  return { clock, pace, began, leave, login, pass };
}

describe('logins of many accounts', () => {
  it('begin at once when there is one alone', async () => {
    const { clock, began, leave, login } = paced();
    for (let i = 0; i < 3; i += 1) {
      login();
      await turn();
      leave.pop()!();
    }
    expect(began).toEqual([0, 0, 0]);
    expect(clock.waiting).toBe(0);
  });

  it('begin each at a moment of its own, so many at once, and soon', async () => {
    const { pace, began, leave, login, pass } = paced();
    for (let i = 0; i < 40; i += 1) login();
    await pass(61);
    expect(began).toHaveLength(16);
    expect(new Set(began).size).toBeGreaterThan(12);
    expect(Math.max(...began)).toBeGreaterThan(30);
    expect(pace.waiting).toBe(24);
    leave.splice(0).forEach((release) => release());
    await pass(61);
    expect(began).toHaveLength(32);
  });

  it('are not kept waiting by one that stops', async () => {
    const { clock, pace, began, login } = paced();
    for (let i = 0; i < 10; i += 1) login();
    await turn();
    pace.stop();
    login();
    await turn();
    expect(began).toHaveLength(11);
    expect(clock.waiting).toBe(0);
  });
});
