import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export const OWNER = { email: 'olive@example.com', password: 'a long enough password' };

/** With these in its environment the product has an owner from the start, and nobody needs the set-up link. */
export const OWNER_ENV = { TRUNKLINE_ADMIN_EMAIL: OWNER.email, TRUNKLINE_ADMIN_PASSWORD: OWNER.password };

/** @param url of the product, with the page that is wanted, or without */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A page of the owner, on the accounts; the policy of its context is bypassed, as `expectAccessible` needs it. */
export async function ownersPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await signIn(page, url);
  await page.getByRole('heading', { name: 'Accounts', exact: true }).waitFor();
  return page;
}
