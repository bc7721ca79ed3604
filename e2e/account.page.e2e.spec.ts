/** What the pages show of an account in trouble, live and without a reload: why, what is done, and the buttons that mend it. */
import { SandboxControl } from '@trunkline/sandbox';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { accountStateCases } from './cases/account.states.js';
import { Api } from './support/api.js';
import { expectAccessible } from './support/axe.js';
import { openBrowser } from './support/browser.js';
import { Keyboard } from './support/keyboard.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';
import { OWNER_ENV, ownersPage } from './support/owner.js';

describe('the pages of accounts', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let api: Api;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    const env = {
      ...OWNER_ENV,
      TRUNKLINE_TEST_CLOCK: 'on',
    };
    [product, browser] = await Promise.all([startProduct({ env }), openBrowser()]);
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    page = await ownersPage(browser, product.url, { viewport: { width: 1280, height: 1000 } });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.url });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const show = async (id: string, name: string) => {
    await page.goto(`${product.url}/marketing/whatsapp/accounts/${id}`);
    await page.getByRole('heading', { name, exact: true }).waitFor();
  };
  const scan = async (id: string, number: string, lidOnly = false) => {
    const qr = await until('a QR', () => api.qr(id));
    await sandbox.scan(number, { qr: qr.text, lidOnly });
  };

  it('tell what happened, with the codes one click away, and give a text for reports that names nobody', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'Explained');
    await show(account.id, 'Explained');
    const timeline = page.getByRole('region', { name: 'What happened' });
    await timeline.getByText('It is connected.').first().waitFor();
    await timeline.getByText('A phone was linked.').first().waitFor();
    await timeline.getByText('The account was added.').waitFor();
    await timeline.locator('summary').first().click();
    await timeline
      .getByText(/account\.status · #\d+/)
      .first()
      .waitFor();
    await expectAccessible(page);

    await timeline.getByRole('button', { name: 'Copy diagnostics' }).click();
    await page.getByText('Copied. There is no number').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`account ${account.id} on sandbox`);
    expect(copied).not.toContain(phone.number);
    expect(copied).not.toContain('Explained');
  });

  it('tell which attempt it is and when the next one comes, and try at once when asked to', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'Away');
    await show(account.id, 'Away');
    await sandbox.setListening(false);
    await sandbox.drop({ account: phone.number });
    const attempts = page.getByTestId('attempts');
    await attempts.getByText(/Attempt [3-9] in \d+ s/).waitFor();
    await page.getByText('WhatsApp cannot be reached from this server. Check').waitFor();
    await expectAccessible(page);
    await sandbox.setListening(true);
    await attempts.getByRole('button', { name: 'Try now' }).click();
    await attempts.waitFor({ state: 'detached' });
    await connected(api, account.id);
    await page
      .getByRole('region', { name: 'What happened' })
      .getByText(/It is tried again by itself: attempt/)
      .first()
      .waitFor();
  });

  it('ask which number it shall be when another phone than before was linked, and go on with it', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'Two phones');
    const other = await sandbox.createPhone({ pushName: 'Other' });
    await show(account.id, 'Two phones');
    await sandbox.unlink(phone.number, 1);
    await page.getByRole('button', { name: 'Show a new QR code' }).first().click();
    await page.getByTestId('qr').waitFor();
    await scan(account.id, other.number);
    await page.getByRole('button', { name: 'Unlink that phone' }).waitFor();
    expect(await api.account(account.id)).toMatchObject({
      phoneNumber: `+${phone.number}`,
      numberConflict: { phoneNumber: `+${other.number}`, accountId: null },
    });
    await expectAccessible(page);
    await page.getByRole('button', { name: /Go on with \+999/ }).click();
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
    expect((await connected(api, account.id)).phoneNumber).toBe(`+${other.number}`);
  });

  it('offer the account that has the phone already, and the phone lists no second device', async () => {
    const { account, phone } = await linkedAccount(api, sandbox, 'First');
    const second = await api.createAccount('Second');
    await api.initialize(second.id);
    await show(second.id, 'Second');
    await scan(second.id, phone.number);
    const link = page.getByRole('link', { name: 'Open that account' });
    await link.waitFor();
    await expectAccessible(page);
    await until('the second device to leave', async () => {
      const { companions } = await sandbox.getPhone(phone.number);
      return companions.length === 1;
    });
    await link.click();
    await page.getByRole('heading', { name: 'First', exact: true }).waitFor();
    expect((await api.account(account.id)).state).toMatchObject({ status: 'active', connection: 'connected' });
  });

  it('take a number by hand where WhatsApp tells none, and the health check finds it once it is told', async () => {
    const phone = await sandbox.createPhone({ pushName: 'Nameless' });
    const hidden = await sandbox.setFault({ account: phone.number, effect: { kind: 'hidden-number' } });
    const account = await api.createAccount('Nameless');
    await api.initialize(account.id);
    await scan(account.id, phone.number, true);
    await until('it to be connected', async () => (await api.account(account.id)).state.connection === 'connected');
    await api.turnClock(61_000);
    await show(account.id, 'Nameless');
    await page.getByRole('button', { name: 'Enter the number' }).first().click();
    await page.getByRole('textbox', { name: 'Phone number' }).fill('+62 812');
    await page.getByRole('button', { name: 'Save the number' }).click();
    await page.getByText('Sandbox numbers begin with +999.').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await sandbox.clearFault(hidden.id);
    await api.turnClock(5 * 60_000);
    await api.turnClock(6_000);
    const found = await connected(api, account.id);
    expect(found).toMatchObject({ phoneNumber: `+${phone.number}`, phoneNumberSource: 'engine' });
    await page.getByText('The account is offline because its phone number was not found.').first().waitFor();
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
  });

  it('count down by the clock of the server, also when that is turned while one looks', async () => {
    const account = await api.createAccount('Counted');
    await api.initialize(account.id);
    await show(account.id, 'Counted');
    const left = page.getByText(/^Stops by itself in \d+:\d\d$/);
    const seconds = async () => {
      const [, minutes, rest] = /(\d+):(\d\d)$/.exec((await left.textContent()) ?? '') ?? [];
      return Number(minutes) * 60 + Number(rest);
    };
    await page.getByTestId('qr').waitFor();
    const before = await seconds();
    // An answer tells the time in whole seconds, and is all that is known before the gateway does.
    expect(before).toBeLessThanOrEqual(302);
    await api.turnClock(60_000);
    // Far sooner than a clock here would come to it.
    await expect.poll(seconds, { timeout: 15_000 }).toBeLessThan(before - 45);
    await api.reset(account.id);
  });

  it('reset an account that is being linked, after a question, and say that it was done or that it was not (R2.3)', async () => {
    const account = await api.createAccount('Put back');
    await api.initialize(account.id);
    await show(account.id, 'Put back');
    await page.getByTestId('qr').waitFor();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    const confirm = page.getByRole('alertdialog').getByRole('button', { name: 'Reset' });
    await page.route('**/reset', (route) => route.abort(), { times: 1 });
    await confirm.click();
    await page.locator('[data-sonner-toast][data-type="error"]').waitFor();
    expect((await api.account(account.id)).state.status).toBe('warming');
    await confirm.click();
    await page.getByText('Put back was reset.').waitFor();
    await confirm.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Inactive', exact: true }).waitFor();
    await page.getByText('Account reset by user').first().waitFor();
    expect(await page.getByTestId('qr').count()).toBe(0);
  });

  it('can be gone through with the keyboard alone: add, reset or not, scan, write, send', async () => {
    await api.createAccount('Beside');
    await page.goto(`${product.url}/marketing/whatsapp/accounts`);
    const keyboard = new Keyboard(page);
    const add = page.getByRole('button', { name: 'Add an account' });
    const dialog = page.getByRole('dialog', { name: 'Add an account' });
    await keyboard.press(add);
    await dialog.waitFor();
    await keyboard.escape(dialog, add);
    await keyboard.press(add);
    await keyboard.type(dialog.getByLabel('Name'), 'By keys');
    const sandboxChosen = dialog.getByRole('radio', { name: /Sandbox/, checked: true });
    await keyboard.hold(dialog.getByRole('radio', { checked: true }), 'ArrowDown', sandboxChosen);
    await keyboard.press(dialog.getByRole('button', { name: 'Add and link' }));
    await page.getByRole('heading', { name: 'By keys', exact: true }).waitFor();
    await page.getByTestId('qr').waitFor();

    const reset = page.getByRole('button', { name: 'Reset', exact: true });
    const question = page.getByRole('alertdialog');
    await keyboard.press(reset);
    await question.waitFor();
    await keyboard.escape(question, reset);
    await keyboard.press(page.getByRole('button', { name: 'Scan with a sandbox phone' }));
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();

    await keyboard.press(page.getByRole('button', { name: 'Write to a sandbox person' }));
    await keyboard.type(page.getByRole('textbox', { name: 'Message' }), 'Keys only');
    await page.keyboard.press('Enter');
    await page.getByLabel('Read', { exact: true }).first().waitFor();
  });

  it('show health at a glance, and what the last check found', async () => {
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await page.getByText('Last check').waitFor();
    await page.getByText(/^\d of \d$/).waitFor();
    await page.getByText('2.3000.').first().waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
  });

  accountStateCases(() => ({ page, product, api, show }));
});
