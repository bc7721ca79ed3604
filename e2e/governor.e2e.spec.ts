/**
 * What a person sees of the governor, in a real browser: STOP is obeyed and confirmed once, writing to who opted out is
 * refused in the composer, new consent is recorded, a list is imported, and the account's page shows what is used and held.
 * On the same product: the outbox's controls, and lists that are long.
 */
import type { Account, Page as Listed, OptOut } from '@trunkline/contracts';
import { SandboxControl } from '@trunkline/sandbox';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { longListCases } from './cases/long.lists.js';
import { outboxPageCases } from './cases/outbox.page.js';
import { Api } from './support/api.js';
import { expectAccessible } from './support/axe.js';
import { openBrowser } from './support/browser.js';
import { linkedAccount } from './support/link.js';
import { until } from './support/until.js';
import { OWNER_ENV, ownersPage } from './support/owner.js';
import { shot as keepShot } from './support/shots.js';

describe('the governor, as a person sees it', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let api: Api;
  let sandbox: SandboxControl;
  let account: Account;
  const shot = (name: string) => keepShot(page, name, true);

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ env: OWNER_ENV }), openBrowser()]);
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    ({ account } = await linkedAccount(api, sandbox, 'Shop'));
    page = await ownersPage(browser, product.url, { viewport: { width: 1440, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const person = (name: string) => sandbox.createPerson({ name, rule: { kind: 'silent' } });
  const optOuts = () => api.call<Listed<OptOut>>('GET', '/whatsapp/opt-outs');
  const textsAt = async (number: string) => (await sandbox.seen(number, {})).items.map((item) => `${item.text}`);
  const open = (path: string) => page.goto(`${product.url}/marketing/whatsapp/${path}`);

  it('refuses in the composer to write to a person who wrote STOP, who saw the confirmation once and nothing else', async () => {
    const ada = await person('Ada');
    const { chatId } = await api.send({ accountId: account.id, to: `+${ada.number}`, text: 'Our offers of today' });
    await until('the first message at Ada', async () => (await textsAt(ada.number)).length === 1);
    await sandbox.write(ada.number, { to: account.phoneNumber!.slice(1), text: 'Stop!' });
    await until('the confirmation at Ada', async () => (await textsAt(ada.number)).length === 2);

    await open(`messages?chat=${chatId}`);
    await page.getByText('This person asked for no more messages').first().waitFor();
    const composer = page.getByRole('textbox', { name: 'Message' });
    await composer.fill('One more thing');
    await composer.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'asked for no more messages' }).waitFor();
    await shot('composer');
    await expectAccessible(page);
    await sandbox.write(ada.number, { to: account.phoneNumber!.slice(1), text: 'STOP' });
    await until('the second STOP', async () => {
      const said = (await api.messages(chatId)).items.filter(({ direction }) => direction === 'in');
      return said.length === 2;
    });
    expect(await textsAt(ada.number)).toEqual(['Our offers of today', expect.stringContaining('START')]);
    expect((await optOuts()).items).toHaveLength(1);
  });

  it('shows the list, records new consent, and lets the next message pass', async () => {
    await open('opt-outs');
    const row = page.getByRole('row').filter({ hasText: 'Ada' });
    await row.getByText('Wrote STOP').waitFor();
    await shot('opt-outs');
    await expectAccessible(page);
    await row.getByRole('button', { name: 'Record consent' }).click();
    await page.getByLabel('How and when they agreed').fill('Signed the form at the counter');
    await page.getByRole('dialog').getByRole('button', { name: 'Record consent' }).click();
    await page.getByText('Nobody is on the list').waitFor();
    const { phoneNumber } = (await optOuts()).items[0]!;
    await api.send({ accountId: account.id, to: phoneNumber!, text: 'Welcome back' });
    await until('it at Ada', async () => (await textsAt(phoneNumber!.slice(1))).includes('Welcome back'));
  });

  it('imports a list and says what was wrong with it, and adds a person by hand', async () => {
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Network').selectOption('sandbox');
    const csv = 'phone,note\n+9990000000901,old list\nnot a number,\n+9990000000902,\n';
    await dialog.getByLabel('File').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText('2 people added, 0 on the list already, 1 wrong.').waitFor();
    await dialog.getByText('Row 3:').waitFor();
    await shot('import');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await page.getByText('old list').waitFor();

    await page.getByRole('button', { name: 'Add a person' }).click();
    await dialog.getByLabel('Network').selectOption('sandbox');
    await dialog.getByLabel('Phone number').fill('12');
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Phone number').fill('+9990000000903');
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('row').filter({ hasText: 'By hand' }).waitFor();
  });

  it('draws the budget of an account live: the limits set, used up, what waits, why and until when', async () => {
    await open(`accounts/${account.id}`);
    await page.getByRole('heading', { name: 'Sending limits' }).waitFor();
    await page.getByRole('button', { name: 'Change limits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Profile').selectOption('new');
    await dialog.getByLabel('Messages in 24 hours').fill('999');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('At most 400, with this profile.').waitFor();
    await dialog.getByLabel('Messages in 24 hours').fill('');
    await dialog.getByRole('switch', { name: 'Quiet hours of the recipient' }).click();
    await shot('limits');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    // Not the option of that name, which stands there before.
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('New number', { exact: true }).waitFor();

    const meter = page.getByRole('meter', { name: 'First contacts in 24 hours' });
    const before = Number(await meter.getAttribute('aria-valuenow'));
    for (const name of ['Ben', 'Cleo', 'Dan']) {
      await api.send({ accountId: account.id, to: `+${(await person(name)).number}`, text: 'Hello' });
    }
    const waiting = page.getByRole('list', { name: 'What waits' });
    await waiting.getByText(/First contacts · \d+ wait/).waitFor();
    await waiting.getByText(/until/).first().waitFor();
    await shot('budget');
    await expectAccessible(page);
    const after = Number(await meter.getAttribute('aria-valuenow'));
    expect(after - before).toBeLessThanOrEqual(1);
    const ada = (await optOuts()).items.find(({ name }) => name === 'Ada')!;
    const reply = await api.send({ accountId: account.id, to: ada.phoneNumber!, text: 'A reply passes' });
    await until('the reply', async () => (await api.message(reply.id)).status !== 'queued');
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: width === 390 ? 'dark' : 'light' });
      await shot(`budget-${width}`);
    }
  });

  it('shows a limit that WhatsApp tells of, until when, and that it is over, without a reload', async () => {
    await open(`accounts/${account.id}`);
    await page.getByRole('heading', { name: 'Sending limits' }).waitFor();
    const limits = page.getByRole('list', { name: 'Limited by WhatsApp' });
    const number = account.phoneNumber!.slice(1);
    await sandbox.tellLimit(number, { kind: 'time-lock', seconds: 3_600 });
    await limits.getByText(/did not write first \(463\).*until/s).waitFor();
    await expectAccessible(page);
    await shot('limited');
    await sandbox.tellLimit(number, { kind: 'time-lock', seconds: null });
    await limits.waitFor({ state: 'detached' });
  });

  const signedIn = () => ({ url: product.url, databaseUrl: product.databaseUrl, page, api, sandbox, shot });
  describe('the outbox', () => outboxPageCases(signedIn));
  describe('what is long', () => longListCases(signedIn));
});
