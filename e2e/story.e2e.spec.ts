/**
 * G.1: the whole story in a real browser, by clicks alone and without a reload, at the width of a desk and of a phone:
 * set up, sign in, add an account on the sandbox, scan its QR, watch it become active, write, see the ticks and the answer.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { expectAccessible } from './support/axe.js';
import { openBrowser } from './support/browser.js';

const WIDTHS = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

describe.each(WIDTHS)('a person at a $name', ({ width, height }) => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let reloads = 0;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    page = await browser.newPage({ viewport: { width, height }, bypassCSP: true });
    page.setDefaultTimeout(30_000);
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) reloads += 1;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('sets up the owner by the link from the terminal', async () => {
    await page.goto(product.setupLink);
    await page.getByLabel('Name').fill('Olive Owner');
    await page.getByLabel('E-mail').fill('olive@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByRole('button', { name: 'Create the owner' }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    reloads = 0;
  });

  it('tries the sandbox from the empty page, scans, and sees the account become active', async () => {
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try it on the sandbox' }).click();
    await page.getByTestId('qr').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Scan with a sandbox phone' }).click();
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
    await page.getByText(/\+999/).first().waitFor();
    await expectAccessible(page);
  });

  it('writes to a person and sees the message sent, delivered, read and answered', async () => {
    await page.getByRole('button', { name: 'Write to a sandbox person' }).click();
    const composer = page.getByRole('textbox', { name: 'Message' });
    await composer.fill('Hello from the browser');
    await composer.press('Enter');
    await page.getByLabel('Read', { exact: true }).first().waitFor();
    await page.getByText('Hello from the browser').nth(1).waitFor();
    await expectAccessible(page);
    expect(reloads).toBe(0);
  });
});
