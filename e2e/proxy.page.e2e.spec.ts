/** Proxies by clicks: a pool, a proxy in it, its test, an account that is given one, and what its page says when it fails. */
import type { Account } from '@trunkline/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { expectAccessible } from './support/axe.js';
import { Api } from './support/api.js';
import { openBrowser } from './support/browser.js';
import { holdReads } from './support/held.js';
import { escape, twoFrames } from './support/keyboard.js';
import { OWNER_ENV, signIn } from './support/owner.js';

describe('the pages of proxies', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let accountId: string;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ env: OWNER_ENV }), openBrowser()]);
    accountId = (await new Api(product.url, product.apiKey).createAccount('Shop')).id;
    page = await browser.newPage({ bypassCSP: true });
    page.setDefaultTimeout(30_000);
    await signIn(page, `${product.url}/sign-in?next=/settings/proxies`);
    await page.getByText('No proxies yet').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('make a pool and a proxy in it, and say that it does not work', async () => {
    await page.getByLabel('Name of the pool').fill('Jakarta');
    await page.getByRole('button', { name: 'Add a pool' }).click();
    await page.getByText('no proxies', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add a proxy' }).first().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Give it a name.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('Jakarta 1');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill('9');
    await page.getByLabel('Pool', { exact: true }).selectOption({ label: 'Jakarta' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Test with Sandbox: Jakarta 1' }).click();
    await page.getByText('The proxy cannot be reached (ECONNREFUSED).').waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const { scroll, shown } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      shown: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(shown);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('take user name and password, which are never shown again, and forget them', async () => {
    const dialog = page.getByRole('dialog', { name: 'Change Jakarta 1' });
    const open = async () => {
      await page.getByRole('button', { name: 'Change Jakarta 1' }).click();
      await dialog.waitFor();
    };
    const click = () => dialog.getByRole('button', { name: 'Save' }).click();
    const save = async () => {
      await click();
      await dialog.waitFor({ state: 'detached' });
    };
    await open();
    expect(await dialog.getByRole('switch').count()).toBe(0);
    await dialog.getByRole('textbox', { name: 'User name' }).fill('the shop');
    await dialog.getByLabel('Password').fill('a very secret one');
    // A form stands until the list is as it was saved: what is opened from an older one knows less.
    const held = await holdReads(page, '**/api/whatsapp/proxies');
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'PATCH'), held.asked, click()]);
    await twoFrames(page);
    expect(await dialog.getAttribute('data-state')).toBe('open');
    held.release();
    await dialog.waitFor({ state: 'detached' });
    await open();
    await dialog.getByText('Left empty, user name and password stay as they are.').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'User name' }).inputValue()).toBe('');
    await dialog.getByRole('switch', { name: /forget both/ }).click();
    await expectAccessible(page);
    await save();
    await open();
    expect(await dialog.getByRole('switch').count()).toBe(0);
    await escape(page);
    await dialog.waitFor({ state: 'detached' });
  });

  it('add an account that goes by one from its first connection on', async () => {
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    await page.getByRole('button', { name: 'Add an account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByLabel('Name').fill('Never straight');
    await dialog.getByRole('radio', { name: /Sandbox/ }).click();
    await dialog.getByLabel('Way to the network').selectOption({ label: 'Any of the pool Jakarta' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add and link' }).click();
    await page.getByRole('heading', { name: 'Never straight', exact: true }).waitFor();
    await page.getByText('The proxy of this account does not work.').first().waitFor();
    expect(await page.getByTestId('qr').count()).toBe(0);
  });

  it('give an account one of the pool, and its page says why it waits', async () => {
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    await page.getByRole('link', { name: 'Shop' }).first().click();
    const way = page.getByRole('combobox', { name: 'Way to the network' });
    await way.selectOption({ label: 'Any of the pool Jakarta' });
    await page.getByRole('button', { name: 'Save and reconnect' }).click();
    await page.getByText('Of the pool Jakarta: Jakarta 1').waitFor({ state: 'attached' });
    await new Api(product.url, product.apiKey).initialize(accountId);
    await page.getByText('The proxy of this account does not work.').first().waitFor();
    await expectAccessible(page);
    await way.selectOption({ label: 'Straight, without a proxy' });
    await page.getByRole('button', { name: 'Save and reconnect' }).click();
    await page.getByTestId('qr').waitFor();
  });

  it('are taken out of their list when no account goes by them, as keys are out of theirs', async () => {
    const api = new Api(product.url, product.apiKey);
    await page.goto(`${product.url}/settings/proxies`);
    const question = page.getByRole('alertdialog', { name: 'Delete Jakarta 1?' });
    await page.getByRole('button', { name: 'Delete Jakarta 1' }).click();
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Give it another, or none, first.').waitFor();
    const { items } = await api.call<{ items: Account[] }>('GET', '/whatsapp/accounts');
    await api.call('DELETE', `/whatsapp/accounts/${items.find(({ name }) => name === 'Never straight')!.id}`);
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The proxy was deleted.').waitFor();
    await page.getByText('No proxies yet').waitFor();
    expect(await question.count()).toBe(0);

    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create a key' }).first().click();
    await page.getByLabel('Name').fill('Old program');
    await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('button', { name: 'Revoke Old program' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The key was revoked.').waitFor();
    await page.getByRole('button', { name: 'Revoke Old program' }).waitFor({ state: 'detached' });
  });
});
