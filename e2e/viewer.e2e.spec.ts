/** What a viewer may not do is not offered, and the page says why; the API refuses it anyway (door.db.spec). */
import type { Browser, Page } from 'playwright-core';
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../apps/api/src/processes/postgres/database.js';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { expectAccessible } from './support/axe.js';
import { Api } from './support/api.js';
import { openBrowser } from './support/browser.js';
import { linkedAccount } from './support/link.js';
import { OWNER, OWNER_ENV, ownersPage } from './support/owner.js';
import { escape } from './support/keyboard.js';

let product: Product;
let browser: Browser;
let page: Page;
let accountId: string;
let sandbox: SandboxControl;
let phone: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ env: OWNER_ENV }), openBrowser()]);
  const api = new Api(product.url, product.apiKey);
  sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
  const linked = await linkedAccount(api, sandbox, 'Shop');
  [accountId, phone] = [linked.account.id, linked.phone.number];
  // There is no page for people yet: another has the role of the owner, and this one becomes a viewer.
  await withClient(product.databaseUrl, async (client) => {
    await client.query(`insert into mkt_wap_auth_users select (jsonb_populate_record(u,
      jsonb_build_object('id', gen_random_uuid()::text, 'email', 'other@example.com'))).* from mkt_wap_auth_users u`);
    await client.query(`update mkt_wap_auth_users set role = 'viewer' where email = $1`, [OWNER.email]);
  });
  page = await ownersPage(browser, product.url);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('sees the account live and no button that would be refused, and why', async () => {
  await page.getByText('Your role is Viewer').waitFor();
  const button = (name: string) => page.getByRole('button', { name });
  expect(await button('Add an account').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  await page.goto(`${product.url}/marketing/whatsapp/accounts/${accountId}`);
  await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
  await page.getByText('Straight, without a proxy').waitFor();
  for (const name of ['Disconnect', 'More', 'Write to a sandbox person', 'Save']) {
    expect(await button(name).count(), name).toBe(0);
  }
  expect(await page.getByRole('textbox', { name: 'Notes' }).isEditable()).toBe(false);
  await expectAccessible(page);
});

it('reads messages, opt-outs and limits, and is asked nothing that would be refused', async () => {
  const ada = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'silent' } });
  await sandbox.write(ada.number, { to: phone, text: 'What do you have?' });
  const poll = { kind: 'poll' as const, question: 'Which colour?', options: ['Red', 'Blue'], selectable: 1 };
  await sandbox.say(ada.number, { to: phone, content: poll });
  await sandbox.write(ada.number, { to: phone, text: 'STOP' });
  const refused: string[] = [];
  page.on('response', (answer) => answer.status() === 403 && refused.push(answer.url()));
  await page.goto(`${product.url}/marketing/whatsapp/messages`);
  await page.getByRole('list', { name: 'Chats' }).getByRole('button', { name: /Ada/ }).click();
  const asked = page.locator('article', { hasText: 'What do you have?' });
  await asked.getByRole('button', { name: 'Actions for this message' }).click();
  await page.getByRole('menuitem', { name: 'Copy' }).waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Copy']);
  await escape(page);
  expect(await page.getByRole('button', { name: 'Red' }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await page.goto(`${product.url}/marketing/whatsapp/opt-outs`);
  await page.getByRole('row').filter({ hasText: 'Ada' }).waitFor();
  for (const name of ['Add a person', 'Import', 'Export', 'Record consent'])
    expect(await page.getByText(name, { exact: true }).count(), name).toBe(0);
  await page.goto(`${product.url}/marketing/whatsapp/accounts/${accountId}`);
  await page.getByRole('region', { name: 'Saved states' }).getByText('After linking').waitFor();
  await page.getByRole('meter').first().waitFor();
  for (const name of ['Change limits', /Restore number/])
    expect(await page.getByRole('button', { name }).count(), String(name)).toBe(0);
  expect(refused).toEqual([]);
});

it('finds the first page of a folder by its shortened address', async () => {
  for (const path of ['/', '/marketing', '/marketing/whatsapp']) {
    await page.goto(`${product.url}${path}`);
    expect(new URL(page.url()).pathname, path).toBe('/marketing/whatsapp/accounts');
  }
});
