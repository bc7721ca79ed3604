/** A WhatsApp that cannot be reached: a person who links a number is told so soon, and it keeps trying. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { openBrowser } from './support/browser.js';
import { until } from './support/until.js';
import { OWNER_ENV, signIn } from './support/owner.js';

let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const noNames = new URL('./support/no-names.mjs', import.meta.url).href;
  [product, browser] = await Promise.all([
    startProduct({ env: { ...OWNER_ENV, NODE_OPTIONS: `--import ${noNames}` } }),
    openBrowser(),
  ]);
  page = await browser.newPage();
  page.setDefaultTimeout(30_000);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('says within 30 s that WhatsApp cannot be reached, and keeps trying by itself', async () => {
  await signIn(page, `${product.url}/sign-in`);
  await page.getByRole('button', { name: 'Link a WhatsApp number' }).click();
  await page.getByLabel('Name').fill('Shop');
  await page.getByRole('button', { name: 'Add and link' }).click();
  const asked = performance.now();
  await page.getByText(/WhatsApp cannot be reached from this server. Check its internet connection/).waitFor();
  expect(performance.now() - asked).toBeLessThan(30_000);
  await page.getByTestId('attempts').waitFor();

  const api = new Api(product.url, product.apiKey);
  const { items } = await api.call<{ items: { id: string }[] }>('GET', '/whatsapp/accounts');
  const again = await until('a third attempt', async () => {
    const { state } = await api.account(items[0]!.id);
    return state.attempt >= 3 && state;
  });
  expect(again).toMatchObject({ status: 'warming', wanted: 'online', reason: 'network_unreachable' });
});
