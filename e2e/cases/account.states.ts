/** What the page of an account shows for each status and each reason: what it is, why, what is done, and what a person can do. */
import { REASONS, type UserAction } from '@trunkline/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import en from '../../apps/admin/src/i18n/en.json' with { type: 'json' };
import type { State } from '../../apps/api/src/modules/whatsapp/accounts/machine/account.machine.js';
import type { Product } from '../../apps/api/src/testing/product.js';
import type { Api } from '../support/api.js';
import { ownedElsewhere } from '../support/elsewhere.js';
import { holdReads } from '../support/held.js';
import { everyLook, fits } from '../support/looks.js';
import { shot } from '../support/shots.js';
import { REASONS_SHOWN, stateBy, stateOf } from '../support/states.js';

interface World {
  page: Page;
  product: Product;
  api: Api;
  /** Opens the page of an account. */
  show(id: string, name: string): Promise<void>;
}

export function accountStateCases(world: () => World): void {
  it('are no wider than a phone while their parts are loading', async () => {
    const { page, api, show } = world();
    const account = await api.createAccount('Slow');
    const before = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    const held = await holdReads(page, `**/accounts/${account.id}/*`);
    await show(account.id, account.name);
    await held.asked;
    await page.getByRole('status', { name: 'Loading' }).first().waitFor();
    await fits(page);
    held.release();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    await page.setViewportSize(before);
  });

  it('say for each status and reason what it is, why, and what to do', async () => {
    const { page, product, api, show } = world();
    const other = await api.createAccount('Other');
    const account = await api.createAccount('Shown');
    const elsewhere = await ownedElsewhere(product.databaseUrl, account);
    const card = page.locator('section[aria-labelledby="status-title"]');
    const connects = page.getByRole('button', { name: en.action.reconnect, exact: true });
    const look = (name: string) => shot(page, `account-${name}`);
    const shows = async (name: string, state: State) => {
      await elsewhere.become(state);
      await says(card, state);
      // No second button that does the same, or would be refused.
      expect(await connects.count()).toBe(state.userAction === 'reconnect' ? 1 : 0);
      await look(name);
      if (LOOKED_AT.has(name)) await everyLook(page, name, look);
    };
    try {
      await page.setViewportSize({ width: 1280, height: 1000 });
      await show(account.id, account.name);
      for (const status of ['warming', 'authenticating'] as const)
        await shows(status, stateOf(status, elsewhere.now()));
      await shows('active', stateBy('none', elsewhere.now(), other.id));
      for (const reason of REASONS_SHOWN) await shows(reason, stateBy(reason, elsewhere.now(), other.id));
      const waiting = stateBy('network_unreachable', elsewhere.now(), other.id);
      const tryNow = card.getByRole('button', { name: 'Try now' });
      await elsewhere.become({
        ...waiting,
        attempt: 8,
        nextAttemptAt: new Date(elsewhere.now().getTime() + 3_600_000),
      });
      await card.getByText(/^Attempt 8 in /).waitFor();
      expect(await tryNow.isEnabled()).toBe(true);
      // One that is under way is not asked for.
      await elsewhere.become({ ...waiting, attempt: 8, nextAttemptAt: null });
      await card.getByText(/^Connecting, attempt 8…/).waitFor();
      expect(await tryNow.isDisabled()).toBe(true);
    } finally {
      await elsewhere.end();
    }
  });
}

/** Each is drawn with other parts: a QR, a wheel, attempts, a question, a time far away. */
const LOOKED_AT = new Set([
  'warming',
  'authenticating',
  'network_unreachable',
  'phone_number_conflict',
  'temporarily_banned',
]);

async function says(card: Locator, { status, reason, statusNote, userAction, deadline }: State): Promise<void> {
  await card.getByRole('heading', { name: en.status[status].title }).waitFor();
  await card.getByText(en.status[status].sentence).waitFor();
  const heals = reason !== 'none' && REASONS[reason] === 'transient';
  const why = heals ? en.reason[reason] : statusNote;
  if (why) await card.getByText(why, { exact: true }).waitFor();
  if (heals) await card.getByRole('button', { name: 'Try now' }).waitFor();
  // Where nothing goes on by itself a person is asked.
  expect(userAction === null).toBe(heals || reason === 'none');
  if (userAction) await offers(card, userAction);
  if (deadline) await card.getByText(/Stops by itself in/).waitFor();
}

/** The one thing that a person can do, by the words of its button. */
function offers(card: Locator, action: UserAction): Promise<void> {
  if (action === 'confirm_number') return card.getByRole('button', { name: 'Unlink that phone' }).waitFor();
  if (action === 'wait') return card.getByText(en.action.wait).waitFor();
  const role = action === 'open_account' || action === 'contact_whatsapp' ? 'link' : 'button';
  return card.getByRole(role, { name: en.action[action], exact: true }).waitFor();
}
