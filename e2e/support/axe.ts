import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing serious or critical by axe's own judgement. The page's context must bypass its content security policy. */
export async function expectAccessible(page: Page): Promise<void> {
  await still(page);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; impact: string | null }[] }> };
      }
    ).axe;
    // It would wait ten seconds for films and sounds that never load.
    const preload = { assets: ['cssom'] };
    return (await axe.run({ preload })).violations.map(({ id, impact }) => ({ id, impact }));
  });
  expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

/** What fades has the contrast of neither state: toasts are gone, and what moves once has come to its end. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const moving = document.getAnimations().filter((each) => each.playState === 'running');
    const once = moving.filter((each) => each.effect?.getTiming().iterations !== Infinity);
    return once.length === 0 && !document.querySelector('[data-sonner-toast]');
  });
}
