import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any page has. */
const STOPS = 80;

/** A person without a mouse: goes on by Tab until they see where they are, then presses a key. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Fails when the element cannot be reached, or when nothing shows that it has the focus. */
  async to(target: Locator): Promise<void> {
    await target.waitFor();
    for (let stop = 0; !(await this.isOn(target)); stop += 1) {
      if (stop === STOPS) throw new Error(`Tab does not lead to ${target}`);
      await this.page.keyboard.press('Tab');
    }
    expect(await target.evaluate(showsFocus), `${target} shows that it has the focus`).toBe(true);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  /** Until something is seen: a choice follows an arrow only while its key is down. */
  async hold(target: Locator, key: string, seen: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.down(key);
    await seen.waitFor();
    await this.page.keyboard.up(key);
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  isOn(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === document.activeElement);
  }

  /** Leaves a dialog, and is where it was before. */
  async escape(dialog: Locator, before: Locator): Promise<void> {
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await escape(this.page);
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => this.isOn(before)).toBe(true);
  }
}

/** A dialog has the focus one render before it knows that it is the topmost, which is whom the key is for. */
export async function escape(page: Page): Promise<void> {
  await twoFrames(page);
  await page.keyboard.press('Escape');
}

export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

const showsFocus = (element: Element): boolean => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
};
