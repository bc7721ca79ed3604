/** Files that are seen: drawn as they come in, opened over the page, and where the conversation stands while they come. */
import type { MediaKind } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.js';
import { film, picture, sound } from '../support/files.js';
import { everyLook } from '../support/looks.js';
import type { FilesPage } from './files.page.js';
import { escape } from '../support/keyboard.js';

export function filesSeenCases(its: () => FilesPage): void {
  it('draws each kind that comes in, in a place that it has before its file is there', async () => {
    const { control, account, page, person, shot, attach } = its();
    const said = { to: account.number };
    const send = (kind: MediaKind, mime: string, bytes: Uint8Array, more: object = {}) =>
      control.sendMedia(person.number, { kind, mime, data: Buffer.from(bytes).toString('base64'), ...said, ...more });
    await control.setFault({ effect: { kind: 'media-slow', transfer: 'download', bytesPerSecond: 2_000 }, count: 1 });
    await send('image', 'image/png', await picture('#a63', 'png', 640, 360), {
      width: 640,
      height: 360,
      caption: 'a *wide* one',
    });
    const incoming = page.locator('article[data-direction="in"]');
    const image = incoming.filter({ has: page.getByText('a wide one') });
    await image.getByText('On its way…').waitFor();
    const before = await image.boundingBox();
    await image.getByRole('button', { name: 'Open: Image' }).waitFor();
    expect((await image.boundingBox())!.height).toBe(before!.height);

    const waveform = Array.from({ length: 64 }, (_, at) => at);
    await send('video', 'video/mp4', film(), { width: 640, height: 360, caption: 'a film' });
    await send('gif', 'video/mp4', film(), { width: 200, height: 200 });
    await send('audio', 'audio/mpeg', sound());
    await send('voice', 'audio/ogg; codecs=opus', Buffer.from(`OggS${'\0'.repeat(24)}OpusHead`), {
      seconds: 4,
      waveform,
    });
    await send('document', 'text/html', Buffer.from('<script>1</script>'), {
      fileName: '../../a page.html',
      caption: 'read it',
    });
    await send('sticker', 'image/webp', await picture('#39c', 'webp', 512, 512), { width: 512, height: 512 });
    await send('image', 'image/png', await picture('#c39'), { viewOnce: true });
    await incoming.getByRole('button', { name: 'Open: Video' }).waitFor();
    await incoming.locator('video[aria-label="GIF"]').waitFor();
    await incoming.getByRole('group', { name: 'Audio' }).waitFor();
    await incoming.getByRole('group', { name: 'Voice note' }).locator('[data-waveform="64"]').waitFor();
    const link = incoming.getByRole('link', { name: /a page\.html/ });
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/download=1$/);
    await incoming.getByRole('img', { name: 'Sticker' }).waitFor();
    await incoming.getByRole('button', { name: /Image To be seen once/ }).waitFor();
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, log.scrollHeight));
    await shot('kinds');
    await expectAccessible(page);
    await everyLook(page, 'kinds', shot);
    await page.setViewportSize({ width: 390, height: 844 });
    await attach({ name: 'a.png', mimeType: 'image/png', buffer: await picture('#333') });
    await shot('attach-phone');
    await expectAccessible(page);
    await escape(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('opens a picture over the page, leads to the others by key, and comes back', async () => {
    const { page, dialog, shot } = its();
    const image = page.locator('article[data-direction="in"]').filter({ has: page.getByText('a wide one') });
    await image.getByRole('button', { name: 'Open: Image' }).click();
    const box = dialog();
    await box.getByText('a wide one').waitFor();
    await shot('lightbox');
    await expectAccessible(page);
    await page.keyboard.press('ArrowRight');
    await box.getByText('a film').waitFor();
    await page.keyboard.press('Shift+Tab');
    await box.getByRole('button', { name: 'The one before' }).click();
    await box.getByRole('button', { name: 'In its own size' }).click();
    await box.getByRole('button', { name: 'As large as the screen' }).waitFor();
    await escape(page);
    await box.waitFor({ state: 'detached' });
    expect(
      await image.getByRole('button', { name: 'Open: Image' }).evaluate((each) => each === document.activeElement),
    ).toBe(true);
  });

  it('comes down to what one sends, a text or a file, wherever one was reading', async () => {
    const { control, account, page, person, dialog, bubbles, seen, attach } = its();
    const count = 40;
    for (let n = 1; n <= count; n += 1)
      await control.write(person.number, { to: account.number, text: `line ${n} of a long story` });
    const log = page.getByRole('log');
    await page.getByRole('list', { name: 'Chats' }).getByText(`line ${count} of a long story`).waitFor();
    const left = () => log.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight);
    const up = async () => {
      const first = log.locator('[data-index="0"]');
      const isThere = async () => {
        await log.evaluate((each) => each.scrollTo(0, 0));
        return (await first.count()) > 0 && (await left()) > 1_000;
      };
      await expect.poll(isThere).toBe(true);
    };
    const atEnd = () => expect.poll(left).toBeLessThan(5);
    await up();
    await page.getByLabel('Message', { exact: true }).fill('what I say');
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await atEnd();
    await up();
    // Where the focus comes back to when the dialog closes: it must not take the conversation along.
    await log.getByRole('button', { name: 'Actions for this message' }).first().focus();
    await attach({ name: 'olive.png', mimeType: 'image/png', buffer: await picture('olive', 'png', 600, 900) });
    await dialog().getByLabel('Caption').fill('what I show');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await seen('what I show');
    await bubbles('image').filter({ hasText: 'what I show' }).waitFor();
    await atEnd();
  });

  it('stays at its end while what is below it grows, and while a picture is late', async () => {
    const { page, control, account, person, bubbles } = its();
    const held = Promise.withResolvers<void>();
    const files = /\/api\/whatsapp\/media\/[^/]+$/;
    await page.route(files, async (route) => {
      await held.promise;
      await route.continue();
    });
    const data = (await picture('#275', 'png', 300, 500)).toString('base64');
    const { id } = await control.sendMedia(person.number, {
      to: account.number,
      kind: 'image',
      mime: 'image/png',
      data,
      caption: 'late',
    });
    const late = bubbles('image').filter({ hasText: 'late' });
    await late.getByRole('button', { name: 'Open: Image' }).waitFor();
    const left = () => page.getByRole('log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
    await expect.poll(left).toBeLessThan(5);
    held.resolve();
    await expect
      .poll(() =>
        late
          .locator('img')
          .last()
          .evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBe(300);
    await page.unroute(files);
    expect(await left()).toBeLessThan(5);
    const composer = page.getByLabel('Message', { exact: true });
    await composer.fill(Array.from({ length: 8 }, (_, line) => `line ${line}`).join('\n'));
    await expect.poll(left).toBeLessThan(5);
    await control.write(person.number, { to: account.number, text: 'while you write', quote: id });
    await page.locator('article', { hasText: 'while you write' }).waitFor();
    await expect.poll(left).toBeLessThan(5);
    await composer.fill('');
    await expect.poll(left).toBeLessThan(5);
  });
}
