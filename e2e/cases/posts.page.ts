/**
 * Statuses and channels on their page: what is posted, edited and taken back is seen there at once, and stands in no chat. For a
 * spec that shows a conversation of a linked account with somebody.
 */
import type { SandboxControl } from '@trunkline/sandbox';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { FILM } from '../../apps/api/src/testing/film.js';
import { expectAccessible } from '../support/axe.js';
import { picture } from '../support/files.js';
import { everyLook } from '../support/looks.js';
import type { InConversation } from './in.conversation.js';
import { escape } from '../support/keyboard.js';

/** The conversation is on the page again after them. */
export function postsPageCases(theirs: () => InConversation): void {
  let before: object[];
  const chats = async () => {
    const { api, account } = theirs();
    return (await api.chats(account.id)).items.map(({ id, unread }) => ({ id, unread }));
  };
  const item = (text: string) => theirs().page.getByRole('listitem').filter({ hasText: text });
  const drawn = (within: Locator) =>
    expect
      .poll(() =>
        within
          .locator('img')
          .last()
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBeGreaterThan(0);
  const pictured = async (caption: string) => ({
    kind: 'image' as const,
    mime: 'image/jpeg',
    data: (await picture('coral', 'jpeg')).toString('base64'),
    caption,
  });

  it('shows a status while it is there, and counts it nowhere', async () => {
    const { page, sandbox, ada, shop, look } = theirs();
    before = await chats();
    await page.getByRole('link', { name: 'Status and channels' }).click();
    await page.getByText('No status').waitFor();
    const { id } = await sandbox.postStatus(ada.number, { to: [shop], text: 'New *shirts* today' });
    const status = item('New shirts today');
    await status.getByText('Ada').waitFor();
    await expectAccessible(page);
    await look('status');
    await everyLook(page, 'status', look);
    await sandbox.postStatus(ada.number, { to: [shop], remove: id });
    await status.waitFor({ state: 'detached' });
  });

  it('shows pictures, films and voices of statuses, large and played', async () => {
    const { page, sandbox, ada, shop, look } = theirs();
    const post = (file: Parameters<SandboxControl['postStatus']>[1] & { file: unknown }) =>
      sandbox.postStatus(ada.number, file);
    await post({ to: [shop], file: await pictured('As on the hanger') });
    await item('As on the hanger').getByRole('button', { name: 'Open: Image' }).click();
    await page.getByRole('dialog', { name: 'Image from Ada' }).getByRole('img', { name: 'Image' }).waitFor();
    await look('status-picture-large');
    await escape(page);
    const film = { kind: 'video' as const, mime: 'video/mp4', data: FILM.toString('base64'), width: 160, height: 90 };
    await post({ to: [shop], file: { ...film, seconds: 3, caption: 'How they move' } });
    await item('How they move').getByRole('button', { name: 'Open: Video' }).click();
    const video = page.getByRole('dialog', { name: 'Video from Ada' }).locator('video');
    await expect.poll(() => video.evaluate((each) => (each as HTMLVideoElement).videoWidth)).toBe(160);
    await look('status-film-large');
    await escape(page);
    const waveform = Array.from({ length: 64 }, (_, at) => at);
    const data = Buffer.from(`OggS${'\0'.repeat(24)}OpusHead`).toString('base64');
    const mime = 'audio/ogg; codecs=opus';
    await post({ to: [shop], file: { kind: 'voice', mime, data, seconds: 4, waveform } });
    const voice = page.getByRole('listitem').filter({ has: page.getByRole('group', { name: 'Voice note' }) });
    await voice.locator('[data-waveform="64"]').waitFor();
    await voice.getByRole('button', { name: 'Play' }).waitFor();
    await expectAccessible(page);
    await everyLook(page, 'status-files', look);
  });

  it('shows what is posted in a channel as it reads now, until it is taken back', async () => {
    const { page, sandbox, shop, look, conversation } = theirs();
    const channel = await sandbox.createChannel({ name: 'Shop news', followers: [shop] });
    const post = (what: Parameters<SandboxControl['postInChannel']>[1]) => sandbox.postInChannel(channel.id, what);
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByText('No channels').waitFor();
    const { id } = await post({ text: 'We open at nine.' });
    await page.getByRole('button', { name: /Shop news/ }).waitFor();
    await page.getByText('We open at nine.').waitFor();
    const door = await post({ file: await pictured('The door') });
    const shown = item('The door').getByRole('button', { name: 'Open: Image' });
    await drawn(shown);
    await expectAccessible(page);
    await look('channels');
    await everyLook(page, 'channels', look);
    await post({ edit: id, text: 'We open at ten.' });
    await page.getByText('We open at ten.').waitFor();
    await post({ edit: door.id, file: await pictured('The door, in coral') });
    await drawn(item('The door, in coral').getByRole('button', { name: 'Open: Image' }));
    expect(await page.getByRole('button', { name: 'Open: Image' }).count()).toBe(1);
    await post({ remove: id });
    await page.getByText('We open at ten.').waitFor({ state: 'detached' });
    expect(await chats()).toEqual(before);
    await page.goto(conversation);
  });
}
