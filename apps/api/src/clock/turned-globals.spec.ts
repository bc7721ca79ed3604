import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = fileURLToPath(new URL('./turned-globals.ts', import.meta.url));

/** Globals are replaced for good, so each case runs in a process of its own; it prints what it saw as JSON. */
function run(script: string): unknown {
  const prelude = `import { installTurnedGlobals, turnGlobals } from ${JSON.stringify(module)};
    const real = { now: Date.now(), mono: performance.now() };
    installTurnedGlobals(0);
    const say = (value) => process.stdout.write(JSON.stringify(value));`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', prelude + script], { encoding: 'utf8' });
  expect(child.stderr).toBe('');
  return JSON.parse(child.stdout);
}

describe('a process with a turned clock', () => {
  it('sees the turned date everywhere and the monotonic clock untouched', () => {
    const seen = run(`
      turnGlobals(3_600_000);
      say({ now: Date.now() - real.now, made: new Date() - real.now, text: Date.parse(Date()) - real.now,
        fixed: new Date(5).getTime(), is: new Date() instanceof Date, mono: performance.now() - real.mono,
        same: new Date().constructor === Date });`) as Record<string, number | boolean>;
    for (const value of [seen.now, seen.made]) expect(Math.abs(Number(value) - 3_600_000)).toBeLessThan(2_000);
    expect(Math.abs(Number(seen.text) - 3_600_000)).toBeLessThan(3_000);
    expect(seen).toMatchObject({ fixed: 5, is: true, same: true });
    expect(seen.mono).toBeLessThan(2_000);
  });

  it('fires what the turn made due, in the order it is due, and nothing else', () => {
    const fired = run(`
      const fired = [];
      setTimeout((name) => fired.push(name), 300_000, 'five minutes').unref();
      setTimeout(() => fired.push('one minute'), 60_000);
      const far = setTimeout(() => fired.push('never'), 3_600_000);
      clearTimeout(setTimeout(() => fired.push('cleared'), 1_000));
      turnGlobals(600_000);
      setTimeout(() => { say(fired); clearTimeout(far); }, 30);`);
    expect(fired).toEqual(['one minute', 'five minutes']);
  });

  it('fires a repeating timer once for a turn, and goes on', () => {
    const seen = run(`
      let count = 0;
      const timer = setInterval(() => (count += 1), 50_000);
      turnGlobals(10_000_000);
      setTimeout(() => { const first = count; turnGlobals(10_050_000);
        setTimeout(() => { clearInterval(timer); say([first, count]); }, 30); }, 30);`);
    expect(seen).toEqual([1, 2]);
  });

  it('turns node:timers and node:timers/promises too, and what was cleared by number or aborted stays quiet', () => {
    const fired = run(`
      const { setTimeout: later } = await import('node:timers');
      const { setTimeout: sleep } = await import('node:timers/promises');
      const fired = [];
      later(() => fired.push('timers'), 1e6);
      sleep(2e6, 'promise').then((value) => fired.push(value));
      sleep(2e6, 'x', { signal: AbortSignal.abort() }).catch((error) => fired.push(error.name));
      clearTimeout(+setTimeout(() => fired.push('cleared'), 1e6));
      turnGlobals(3e6);
      setTimeout(() => say(fired), 30);`);
    expect(fired).toEqual(['AbortError', 'timers', 'promise']);
  });

  it('keeps a refreshed timer waiting its whole time again', () => {
    const seen = run(`
      const fired = [];
      const timer = setTimeout(() => fired.push('late'), 100_000);
      turnGlobals(90_000);
      timer.refresh();
      turnGlobals(120_000);
      setTimeout(() => { const early = [...fired]; turnGlobals(200_000);
        setTimeout(() => say([early, fired]), 30); }, 30);`);
    expect(seen).toEqual([[], ['late']]);
  });
});
