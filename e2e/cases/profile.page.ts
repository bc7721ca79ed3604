/**
 * How the account and people look: changed on the page and seen by people, changed by them and seen on the page while one looks;
 * and the forms of the sandbox page for it. For a spec that shows a conversation of a linked account with somebody.
 */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { picture } from '../support/files.js';
import { connected } from '../support/link.js';
import { everyLook } from '../support/looks.js';
import { throttle } from '../support/throttle.js';
import { chatRow } from './chat.page.js';
import type { InConversation } from './in.conversation.js';
import { escape } from '../support/keyboard.js';

/** The conversation is on the page again after each. */
export function profilePageCases(theirs: () => InConversation): void {
  it('shows how the account and people look, changed here or there, while one looks', async () => {
    const { page, sandbox, account, ada, shop, look, conversation } = theirs();
    await page.goto(`${new URL(conversation).origin}/marketing/whatsapp/accounts/${account.id}`);
    const card = page.getByRole('region', { name: 'Profile', exact: true });
    await card.getByText('Says nothing about itself').waitFor();
    await card.getByRole('button', { name: 'Change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('x'.repeat(26));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('WhatsApp takes names of up to 25 characters.').waitFor();
    await dialog.getByLabel('Name').fill('Shop, evenings');
    await dialog.getByLabel('About').fill('Fresh bread');
    await look('profile-form');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Fresh bread').waitFor();
    await card.getByText('Shop, evenings').waitFor();
    const choosing = page.waitForEvent('filechooser');
    await card.getByRole('button', { name: 'Choose a picture' }).click();
    await (await choosing).setFiles({ name: 'shop.png', mimeType: 'image/png', buffer: await picture('teal') });
    await dialog.getByRole('img', { name: 'The new picture' }).waitFor();
    await look('profile-picture');
    await dialog.getByRole('button', { name: 'Use this picture' }).click();
    await card.locator('img').waitFor();
    await everyLook(page, 'profile', look);
    const found = await sandbox.look(ada.number, shop);
    expect(found).toMatchObject({ about: 'Fresh bread', picture: { id: expect.any(String) as string } });
    expect((await sandbox.getPhone(shop)).pushName).toBe('Shop, evenings');
    await sandbox.changePhone(shop, { about: 'Closed today' });
    await card.getByText('Closed today').waitFor();
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    await page.getByRole('row', { name: /Shop/ }).locator('img').waitFor();
    await look('accounts');

    const group = await sandbox.createGroup({ subject: 'Bakers', creator: shop, participants: [ada.number] });
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    const bakers = page.getByRole('row', { name: /Bakers/ });
    await bakers.waitFor();
    expect(await bakers.locator('img').count()).toBe(0);
    const ours = await picture('olive', 'jpeg');
    await sandbox.changeGroup(group.id, { by: ada.number, picture: ours.toString('base64') });
    await bakers.locator('img').waitFor();
    await look('groups');
    await sandbox.setPicture(ada.number, await picture('orange', 'jpeg'));
    await bakers.getByRole('button', { name: 'Bakers' }).click();
    const sheet = page.getByRole('dialog', { name: 'Bakers' });
    await sheet.getByRole('listitem').filter({ hasText: 'Ada' }).locator('img').waitFor();
    const another = page.waitForEvent('filechooser');
    await sheet.getByRole('button', { name: 'Choose a picture' }).click();
    await (await another).setFiles({ name: 'us.png', mimeType: 'image/png', buffer: await picture('navy') });
    const before = (await sandbox.look(ada.number, group.id)).picture?.id;
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByText('The picture was set.').waitFor();
    expect((await sandbox.look(ada.number, group.id)).picture?.id).not.toBe(before);
    await everyLook(page, 'group', look);
    await escape(page);
    await sandbox.setPicture(ada.number, null);

    await page.goto(conversation);
    const row = chatRow(page, ada);
    await row.waitFor();
    await sandbox.setPicture(ada.number, await picture('orange', 'jpeg'));
    await row.locator('img').waitFor();
    await sandbox.changePerson(ada.number, { about: 'Out for lunch' });
    await page.getByText('Out for lunch').waitFor();
    await look('pictures');
    await sandbox.setPicture(ada.number, null);
    await row.locator('img').waitFor({ state: 'detached' });
  });

  it('calls a picture off that is on its way when its dialog is closed', async () => {
    const { page, sandbox, account, ada, shop, look, conversation } = theirs();
    await page.goto(`${new URL(conversation).origin}/marketing/whatsapp/accounts/${account.id}`);
    const card = page.getByRole('region', { name: 'Profile', exact: true });
    await card.locator('img').waitFor();
    const before = (await sandbox.look(ada.number, shop)).picture;
    const noise = { raw: { width: 900, height: 900, channels: 3 as const } };
    const buffer = await sharp(randomBytes(900 * 900 * 3), noise)
      .png()
      .toBuffer();
    const choosing = page.waitForEvent('filechooser');
    await card.getByRole('button', { name: 'Choose a picture' }).click();
    await (await choosing).setFiles({ name: 'noise.png', mimeType: 'image/png', buffer });
    const sendAt = await throttle(page);
    await sendAt(150_000);
    await page.getByRole('button', { name: 'Use this picture' }).click();
    const bar = page.getByRole('progressbar', { name: 'Sending the picture' });
    await expect.poll(() => bar.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(0);
    await look('profile-picture-sending');
    const calledOff = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/profile/picture'));
    await escape(page);
    await calledOff;
    await bar.waitFor({ state: 'detached' });
    await sendAt(0);
    expect(await page.getByText('The picture was set.').count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect((await sandbox.look(ada.number, shop)).picture).toEqual(before);
    await page.goto(conversation);
  });

  it('says why nobody here can change the picture of a group, for as long as it is so', async () => {
    const { page, api, sandbox, account, ada, shop, look, conversation } = theirs();
    const { id } = await sandbox.createGroup({ subject: 'Readers', creator: ada.number, participants: [shop] });
    await sandbox.changeGroup(id, { locked: true });
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page
      .getByRole('row', { name: /Readers/ })
      .getByRole('button', { name: 'Readers' })
      .click();
    const sheet = page.getByRole('dialog', { name: 'Readers' });
    const choose = sheet.getByRole('button', { name: 'Choose a picture' });
    await sheet.getByText('Only admins of this group change its picture').waitFor();
    expect(await choose.isDisabled()).toBe(true);
    await everyLook(page, 'group-locked', look);
    await sandbox.changeGroup(id, { promote: [shop] });
    await sheet.getByText('Only admins of this group change its picture').waitFor({ state: 'detached' });
    expect(await choose.isEnabled()).toBe(true);
    await api.disconnect(account.id);
    await sheet.getByText('Connect an account that is in this group').waitFor();
    expect(await choose.isDisabled()).toBe(true);
    await api.initialize(account.id);
    await connected(api, account.id);
    await sheet.getByText('Connect an account that is in this group').waitFor({ state: 'detached' });
    await escape(page);
    await page.goto(conversation);
  });

  it('gives people another look, and posts for many, from the page of the sandbox', async () => {
    const { page, sandbox, ada, look, conversation } = theirs();
    const sandboxPage = `${new URL(conversation).origin}/marketing/whatsapp/sandbox`;
    await page.goto(`${sandboxPage}?who=${ada.number}`);
    await page.getByLabel('About').fill('Back soon');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Others see it now.').waitFor();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a picture for Ada' }).click();
    await (await choosing).setFiles({ name: 'ada.png', mimeType: 'image/png', buffer: await picture('purple') });
    await page.getByRole('button', { name: 'Remove the picture of Ada' }).waitFor();
    expect(await sandbox.getPerson(ada.number)).toMatchObject({
      about: 'Back soon',
      picture: expect.any(String) as string,
    });
    await everyLook(page, 'sandbox-person', look);

    await page.goto(`${sandboxPage}?tab=posts`);
    const status = page.getByRole('region', { name: 'Post a status' });
    await status.getByLabel('What it says').fill('Sale at six');
    await status.getByRole('button', { name: 'Post' }).click();
    await page.getByText('The status was posted.').waitFor();
    await page.getByLabel('Name of a new channel').fill('Evening news');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByLabel('Post in Evening news (2 followers)').fill('Good evening.');
    await page.getByRole('button', { name: 'Post what you wrote in Evening news' }).click();
    await page.getByText('Posted in Evening news.').waitFor();
    await everyLook(page, 'sandbox-posts', look);
    await page.getByRole('link', { name: 'Status and channels' }).click();
    await page.getByText('Sale at six').waitFor();
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByText('Good evening.').waitFor();
    await page.goto(conversation);
  });
}
