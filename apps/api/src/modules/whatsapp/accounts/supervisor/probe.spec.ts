import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../clock/manual-clock.js';
import type { EngineSession } from '../../engines/engine.js';
import { Probe } from './probe.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An engine on whose connection something comes at these moments (seconds), and that answers, or not. */
function probed({ comes = [] as number[], answers = true } = {}) {
  const clock = new ManualClock();
  const seconds = () => clock.monotonic() / 1000;
  const [asked, alive, deaf]: number[][] = [[], [], []];
  const session = {
    silentMs: () => (seconds() - Math.max(-Infinity, ...comes.filter((at) => at <= seconds()))) * 1000,
    probe: (timeoutMs: number) => {
      asked!.push(seconds());
      if (answers) return Promise.resolve(true);
      return new Promise((resolve) => clock.setTimeout(() => resolve(false), timeoutMs));
    },
  } as unknown as EngineSession;
  const probe = new Probe(clock, () => session, {
    alive: () => alive!.push(seconds()),
    deaf: () => deaf!.push(seconds()),
  });
  const run = async (until: number) => {
    while (seconds() < until) {
      clock.advance(1_000);
      await turn();
    }
  };
  return { clock, probe, run, asked: asked!, alive: alive!, deaf: deaf! };
}

describe('the probe of a connection', () => {
  it('asks nothing while something comes, and knows that it is alive', async () => {
    const { probe, run, asked, alive } = probed({ comes: Array.from({ length: 30 }, (_, i) => i * 20) });
    probe.start();
    await run(600);
    expect(asked).toEqual([]);
    expect(alive.length).toBeGreaterThan(20);
    probe.stop();
  });

  it('asks after 25 s of silence, and again after the next', async () => {
    const { probe, run, asked, deaf, clock } = probed({ comes: [10] });
    probe.start();
    await run(90);
    expect(asked).toEqual([35, 60, 85]);
    expect(deaf).toEqual([]);
    probe.stop();
    expect(clock.waiting).toBe(0);
  });

  it('finds a deaf connection within 45 s of the last that came', async () => {
    const { probe, run, deaf } = probed({ comes: [12, 24], answers: false });
    probe.start();
    await run(24 + 45);
    expect(deaf).toHaveLength(1);
  });
});
