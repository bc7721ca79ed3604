/** What the pages do with sessions: one is imported, refused in words, and a saved state of another is restored. */
import { join } from 'node:path';
import { SandboxControl } from '@trunkline/sandbox';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { session } from '../apps/api/src/modules/whatsapp/engines/baileys/import/testing/baileys.folder.js';
import { tarGz } from '../apps/api/src/modules/whatsapp/sessions/import/testing/archives.js';
import { CHANNELS } from '../apps/api/src/modules/cluster/channels.js';
import { signal } from '../apps/api/src/processes/identity.js';
import { withClient } from '../apps/api/src/processes/postgres/database.js';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { expectAccessible } from './support/axe.js';
import { openBrowser } from './support/browser.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';
import { OWNER_ENV, ownersPage } from './support/owner.js';

describe('the pages of sessions', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let api: Api;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ env: OWNER_ENV }), openBrowser()]);
    api = new Api(product.url, product.apiKey);
    page = await ownersPage(browser, product.url, { viewport: { width: 1280, height: 1000 } });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const archive = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/gzip', buffer });
  const choose = async (file: ReturnType<typeof archive>) => {
    const dialog = page.getByRole('dialog', { name: 'Import a session' });
    await dialog.getByLabel('Archive').setInputFiles(file);
    await dialog.getByRole('radio', { name: /Sandbox/ }).click();
    await dialog.getByRole('button', { name: 'Import' }).click();
    return dialog;
  };

  it('say that the key of the sessions is to be saved, until somebody says that it is', async () => {
    const accounts = `${product.url}/marketing/whatsapp/accounts`;
    const banner = page.getByRole('region', { name: 'The key of the saved sessions' });
    await page.goto(accounts);
    await banner.getByText(join(product.dataDir, 'vault.key')).waitFor();
    await expectAccessible(page);
    await page.goto(`${product.url}/settings/proxies`);
    await banner.getByRole('button', { name: 'It is saved' }).click();
    await banner.waitFor({ state: 'detached' });
    await page.goto(accounts);
    await page.getByRole('heading', { name: 'Accounts', exact: true }).waitFor();
    expect((await api.call<{ saved: object | null }>('GET', '/system/key')).saved).not.toBeNull();
    expect(await banner.count()).toBe(0);
  });

  it('import a session, which then waits, and say why one is refused', async () => {
    await page.getByRole('button', { name: 'Import its session' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a session' });
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText('Choose the archive.').waitFor();
    await expectAccessible(page);
    await choose(archive('wrong.tar.gz', Buffer.from('no archive')));
    await dialog.getByText(/Send a .zip or .tar.gz of the folder/).waitFor();
    const good = tarGz(session('9990200001', 'auth/'), new Date(Date.now() - 3_600_000));
    await choose(archive('auth.tar.gz', good));
    await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
    await page
      .getByText(/Stop the program that this session was taken from/)
      .first()
      .waitFor();
    await page.goto(`${product.url}/marketing/whatsapp/accounts`);
    await page.getByRole('button', { name: 'Import' }).click();
    const again = await choose(archive('auth.tar.gz', good));
    await again.getByText(/has the number \+9990200001 already/).waitFor();
  });

  it('restore a saved state that a person chooses', async () => {
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    const { account } = await linkedAccount(api, sandbox, 'Chosen');
    await page.goto(`${product.url}/marketing/whatsapp/accounts/${account.id}`);
    const saved = page.getByRole('region', { name: 'Saved states' });
    await saved.getByText('After linking').waitFor();
    await expectAccessible(page);
    await saved.getByRole('button', { name: 'Restore number 1' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
    await saved.getByText('Put away when another was restored').waitFor();
    await connected(api, account.id);
    const events = await until('the event', async () => {
      const { items } = await api.call<{ items: { event: string }[] }>(
        'GET',
        `/events?accountId=${account.id}&limit=500`,
      );
      return items.filter(({ event }) => event === 'account.session_restored');
    });
    expect(events).toHaveLength(1);
  });

  it('show how much of what was written before the link has come, and that all of it has', async () => {
    const { id } = await api.createAccount('Past');
    await page.goto(`${product.url}/marketing/whatsapp/accounts/${id}`);
    // As the account's worker tells it: a real history is here too soon to be looked at.
    const tell = (percent: number) =>
      withClient(product.databaseUrl, (client) =>
        client.query('select pg_notify($1, $2)', [
          CHANNELS.ephemeral,
          JSON.stringify({ accountId: id, network: 'sandbox', event: { type: 'history-progress', percent } }),
        ]),
      );
    const bar = page.locator('[role="progressbar"][aria-labelledby="history-text"]');
    // Nothing is kept for a page that has not subscribed yet.
    await until('half of it on the page', async () => {
      await tell(50);
      return (await bar.count()) === 1;
    });
    expect(await bar.getAttribute('aria-valuenow')).toBe('50');
    await page.getByText(/50\s?%/).waitFor();
    await expectAccessible(page);
    await tell(100);
    await bar.waitFor({ state: 'detached' });
  });

  it('come back after the worker was killed, and say how many are there', async () => {
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    await linkedAccount(api, sandbox, 'Quick');
    const { account } = await linkedAccount(api, sandbox, 'Last');
    await page.goto(`${product.url}/marketing/whatsapp/accounts`);
    await page.getByRole('link', { name: 'Last' }).waitFor();
    await sandbox.setLink({ latencyMs: 2_000, jitterMs: 0 });
    for (const worker of product.running.watched.filter(({ name }) => name.startsWith('worker sandbox'))) {
      expect(signal(worker, 'SIGKILL')).toBe(true);
    }
    const progress = page.getByTestId('restore');
    await progress.getByText(/^Accounts are coming back: \d of 3$/).waitFor();
    await expectAccessible(page);
    await sandbox.setLink({ latencyMs: 0, jitterMs: 0 });
    await connected(api, account.id);
    await progress.waitFor({ state: 'detached' });
  });

  it('offer the saved session first when it is older than 14 days, and a QR when WhatsApp has it no more', async () => {
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    const kept = await linkedAccount(api, sandbox, 'Kept');
    const gone = await linkedAccount(api, sandbox, 'Gone');
    const workers = () => product.running.watched.filter(({ name }) => name.startsWith('worker sandbox'));
    const stopped = workers();
    // What it would still write of being connected must not come after.
    for (const worker of stopped) expect(signal(worker, 'SIGSTOP')).toBe(true);
    await wasAway([kept.account.id, gone.account.id], 15);
    await sandbox.unlink(gone.phone.number, 1);
    for (const worker of stopped) expect(signal(worker, 'SIGKILL')).toBe(true);

    for (const { account } of [kept, gone]) {
      const said = await until('the session to be judged', async () => {
        const { state } = await api.account(account.id);
        return state.status === 'inactive' && state;
      });
      expect(said).toMatchObject({ reason: 'session_expired', userAction: 'try_session' });
    }

    const tries = page.getByRole('button', { name: 'Try the saved session' });
    await page.goto(`${product.url}/marketing/whatsapp/accounts/${kept.account.id}`);
    await page
      .getByText(/saved session is older than 14 days/)
      .first()
      .waitFor();
    await tries.waitFor();
    expect(await page.getByTestId('qr').count()).toBe(0);
    expect(await page.getByRole('button', { name: /QR/ }).count()).toBe(0);
    await expectAccessible(page);
    await tries.click();
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
    await connected(api, kept.account.id);

    await page.goto(`${product.url}/marketing/whatsapp/accounts/${gone.account.id}`);
    await tries.click();
    await page
      .getByText(/has unlinked this device/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /QR/ }).first().click();
    await page.getByTestId('qr').waitFor();
    const qr = await until('a QR', () => api.qr(gone.account.id));
    await sandbox.scan(gone.phone.number, { qr: qr.text });
    await page.getByRole('heading', { name: 'Active', exact: true }).waitFor();
    await connected(api, gone.account.id);
  });

  /** As if they had not been seen connected for so many days, in which the product was up. */
  async function wasAway(accountIds: string[], days: number): Promise<void> {
    const client = new pg.Client({ connectionString: product.databaseUrl });
    await client.connect();
    try {
      await client.query(
        `insert into mkt_wap_lived_hours
         select generate_series(date_trunc('hour', now()) - make_interval(days => $1), now(), '1 hour') on conflict do nothing`,
        [days],
      );
      await client.query(
        `update mkt_wap_accounts set last_seen_connected_at = now() - make_interval(days => $2) where id = any($1)`,
        [accountIds, days],
      );
    } finally {
      await client.end();
    }
  }
});
