/**
 * What is done with a chat from its menu, seen on the page and on the account's phone, and what the phone does with it. For a
 * spec that shows a conversation of a linked account with somebody.
 */
import type { ChatMarks, Person, SandboxControl } from '@trunkline/sandbox';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { linkedAccount } from '../support/link.js';
import { until } from '../support/until.js';

interface InConversation {
  page: Page;
  api: Api;
  sandbox: SandboxControl;
  ada: Person;
  /** The number of the account's phone. */
  shop: string;
  look(name: string): Promise<void>;
  /** Chooses from the menu of a message. */
  onMessage(message: Locator, item: string): Promise<void>;
}

/** The chat's own row in the list of chats. */
export const chatRow = (page: Page, { name }: Person): Locator =>
  page.getByRole('list', { name: 'Chats' }).getByRole('button', { name: new RegExp(name) });

/** `All right` came from the person at some time before. The conversation is on the page after each. */
export function chatPageCases(theirs: () => InConversation): void {
  const row = () => chatRow(theirs().page, theirs().ada);
  const onPhone = (fits: (chat: ChatMarks) => boolean) =>
    theirs().sandbox.until(
      () => theirs().sandbox.phoneChats(theirs().shop),
      ({ chats }) => chats.some((chat) => chat.chat === theirs().ada.number && fits(chat)),
    );

  /** By keyboard: a menu within the menu closes when the pointer is elsewhere for a moment. */
  async function choose(...items: string[]): Promise<void> {
    const { page } = theirs();
    await page.getByRole('button', { name: 'Actions for this chat' }).press('Enter');
    for (const item of items) await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
  }

  it('does with a chat what its menu says, on the phone too', async () => {
    const { page, sandbox, ada, shop, look, onMessage } = theirs();
    await choose('Pin to the top');
    await row().getByRole('img', { name: 'Pinned' }).waitFor();
    await onPhone(({ pinned }) => pinned);
    await choose('Mute', 'Always');
    await row().getByRole('img', { name: 'Muted' }).waitFor();
    await onPhone(({ mutedUntil }) => mutedUntil === -1);
    await choose('Disappearing messages');
    await look('chat-menu');
    await page.getByRole('menuitemradio', { name: 'After 24 hours' }).press('Enter');
    expect((await sandbox.waitForSeen(ada.number, ({ kind }) => kind === 'timer')).detail).toEqual({ seconds: 86_400 });
    const text = page.locator('article[data-direction="in"][data-kind="text"]', { hasText: 'All right' });
    await onMessage(text, 'Star');
    await text.getByRole('img', { name: 'Starred' }).waitFor();
    await sandbox.until(
      () => sandbox.phoneChats(shop),
      ({ starred }) => starred.length === 1,
    );
  });

  it('blocks a person, and says why what is written to them fails', async () => {
    const { page, look } = theirs();
    await choose('Block');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click();
    await page.getByText('This account has blocked this person.').waitFor();
    await onPhone(({ blocked }) => blocked);
    await page.getByRole('textbox', { name: 'Message' }).fill('Can you hear me?');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const failed = page.locator('article[data-direction="out"]', { hasText: 'Can you hear me?' });
    await failed.getByText('unblock them first').waitFor();
    await look('blocked');
    await page.getByRole('button', { name: 'Unblock' }).click();
    await page.getByText('This account has blocked this person.').waitFor({ state: 'detached' });
    await onPhone(({ blocked }) => !blocked);
  });

  it('follows what the phone does with a chat', async () => {
    const { page, sandbox, ada, shop, look } = theirs();
    await sandbox.markChat(shop, { chat: ada.number, archived: true, pinned: false });
    await row().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show archived chats' }).click();
    await row().waitFor();
    await look('archived');
    await sandbox.markChat(shop, { chat: ada.number, archived: false });
    await row().waitFor({ state: 'detached' });
    await page.getByText('No archived chats').waitFor();
    await page.getByRole('button', { name: 'Show archived chats' }).click();
    await row().waitFor();
  });

  it('asks the phone for older messages until it has none', async () => {
    const { page, api, sandbox, ada, look } = theirs();
    const conversation = page.url();
    const phone = await sandbox.createPhone({ pushName: 'Branch', firstSync: 2 });
    for (const n of [1, 2, 3, 4, 5]) await sandbox.write(ada.number, { to: phone.number, text: `long ago, ${n}` });
    await sandbox.until(
      () => sandbox.getPhone(phone.number),
      ({ counts }) => counts.seen === 5,
    );
    const { account } = await linkedAccount(api, sandbox, 'Branch', phone);
    const chat = await until('the chat', async () => (await api.chats(account.id)).items[0]);
    await page.goto(
      `${new URL(conversation).origin}/marketing/whatsapp/messages?account=${account.id}&chat=${chat.id}`,
    );
    await page.locator('article', { hasText: 'long ago, 5' }).waitFor();
    expect(await page.locator('article').count()).toBe(2);
    const older = page.getByRole('button', { name: 'Load older messages from the phone' });
    await older.waitFor();
    await look('older');
    await older.click();
    await page.locator('article', { hasText: 'long ago, 1' }).waitFor();
    await older.waitFor({ state: 'detached' });
    expect(await page.locator('article').count()).toBe(5);
    expect((await api.chats(account.id)).items[0]).toMatchObject({ historyComplete: true });
    await page.goto(conversation);
  });

  it('marks a chat as unread, here and on the phone, until it is opened again', async () => {
    await choose('Mark as unread');
    await row().getByRole('img', { name: 'Marked as unread' }).waitFor();
    await onPhone(({ markedUnread }) => markedUnread);
    await row().click();
    await onPhone(({ markedUnread }) => !markedUnread);
    await row().getByRole('img', { name: 'Marked as unread' }).waitFor({ state: 'detached' });
  });
}
