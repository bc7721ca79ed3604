import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './axe.js';

/**
 * In the dark, at a phone's width, and there from right to left: it can be read, and nothing reaches over the edge. The page is
 * as it was afterwards. `shot` keeps a picture for a person who wants to look.
 */
export async function everyLook(page: Page, name: string, shot: (name: string) => Promise<void>): Promise<void> {
  const before = page.viewportSize()!;
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await shot(`${name}-dark`);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await shot(`${name}-phone`);
  await turn(page, 'rtl');
  await fits(page);
  await shot(`${name}-rtl`);
  await turn(page, 'ltr');
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** As the language would: the page, and what names its own direction after that. */
const turn = (page: Page, dir: 'rtl' | 'ltr') =>
  page.evaluate((to) => {
    const turned = document.querySelectorAll<HTMLElement>('html, [data-orientation][dir]');
    for (const element of turned) element.dir = to;
  }, dir);

/** What scrolls to the other side scrolls there from right to left, too. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}
