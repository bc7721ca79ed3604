/** Files that are sent, by clicks and keys: chosen, pasted, dropped and recorded; on their way and refused; changed and sent on. */
import { randomBytes } from 'node:crypto';
import type { MediaKind } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { FILM } from '../../apps/api/src/testing/film.js';
import { expectAccessible } from '../support/axe.js';
import { film, happen, pageFile, picture, sound } from '../support/files.js';
import { throttle } from '../support/throttle.js';
import { until } from '../support/until.js';
import type { FilesPage } from './files.page.js';
import { escape } from '../support/keyboard.js';

export function filesSentCases(its: () => FilesPage): void {
  it('sends several files by the button, with a caption, after they were looked at', async () => {
    const { control, page, person, dialog, bubbles, seen, shot, attach } = its();
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Photos, videos, files' }).waitFor();
    await escape(page);
    await attach(
      { name: 'red.png', mimeType: 'image/png', buffer: await picture('#b34') },
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 plan') },
      { name: 'not this.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
    );
    await dialog().getByLabel('Caption').fill('the red one');
    await shot('attach');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Leave out not this.txt' }).click();
    await dialog().getByRole('button', { name: 'Send 2 files' }).click();
    expect(await seen('the red one')).toMatchObject({ kind: 'image', media: { width: 320, problem: null } });
    await bubbles('image').getByRole('button', { name: 'Open: Image' }).waitFor();
    await bubbles('document').getByText('plan.pdf').waitFor();
    const document = await control.waitForSeen(person.number, ({ kind }) => kind === 'document', 30_000);
    expect(document.media).toMatchObject({ fileName: 'plan.pdf', problem: null });
  });

  it('sends a film with its size, its length and a picture that the browser made of it', async () => {
    const { dialog, bubbles, seen, shot, attach } = its();
    await attach({ name: 'square.mp4', mimeType: 'video/mp4', buffer: FILM });
    await dialog().getByLabel('Caption').fill('a square');
    await dialog().getByRole('button', { name: 'Send' }).click();
    const { media } = await seen('a square');
    expect(media).toMatchObject({ mime: 'video/mp4', width: 160, height: 90, seconds: 3, hasThumbnail: true });
    const sent = bubbles('video').filter({ hasText: 'a square' });
    await sent.getByText('0:03').waitFor();
    expect(await sent.locator('img').getAttribute('src')).toMatch(/^data:image\/jpeg/);
    await shot('film');
  });

  it('sends a song, a film that plays by itself and a sticker as what they are', async () => {
    const { control, page, person, dialog, attach } = its();
    const as = async (kind: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
      await attach(file);
      await dialog().getByLabel('Send as').selectOption({ label: kind });
      await dialog().getByRole('button', { name: 'Send' }).click();
    };
    const there = (kind: MediaKind) => control.waitForSeen(person.number, (seen) => seen.kind === kind, 30_000);
    await as('Audio', { name: 'a.mp3', mimeType: 'audio/mpeg', buffer: sound() });
    expect(await there('audio')).toMatchObject({ media: { mime: 'audio/mpeg', problem: null } });
    await as('GIF', { name: 'a.mp4', mimeType: 'video/mp4', buffer: FILM });
    expect(await there('gif')).toMatchObject({ media: { width: 160, height: 90, problem: null } });
    const sticker = await picture('#39c', 'webp', 512, 512);
    await as('Sticker', { name: 'a.webp', mimeType: 'image/webp', buffer: sticker });
    expect(await there('sticker')).toMatchObject({ media: { mime: 'image/webp', width: 512, problem: null } });
    for (const kind of ['audio', 'gif', 'sticker'] as const)
      await page.locator(`article[data-direction="out"][data-kind="${kind}"]`).waitFor();
  });

  it('changes the caption of what was sent, and sends it on to another', async () => {
    const { control, account, page, dialog, bubbles, seen } = its();
    const bob = await control.createPerson({ name: 'Bob', rule: { kind: 'silent' } });
    await control.write(bob.number, { to: account.number, text: 'I am Bob' });
    const sent = bubbles('image').filter({ hasText: 'the red one' });
    const menu = async (item: string) => {
      await sent.getByRole('button', { name: 'Actions for this message' }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    };
    await menu('Edit');
    const composer = page.getByRole('textbox', { name: 'Message' });
    await composer.fill('the red one, at half price');
    await composer.press('Enter');
    expect(await seen('the red one, at half price')).toMatchObject({ kind: 'edit' });
    await sent.getByText('the red one, at half price').waitFor();
    await sent.getByText('Edited').waitFor();
    await menu('Forward');
    await dialog().getByRole('button', { name: /Bob/ }).click();
    const there = await control.waitForSeen(bob.number, ({ kind }) => kind === 'image', 30_000);
    expect(there).toMatchObject({ text: 'the red one, at half price', media: { width: 320, problem: null } });
  });

  it('takes what is pasted, and what is dropped under a veil that says so', async () => {
    const { page, dialog, bubbles, seen, shot } = its();
    await happen(page, 'textarea', 'paste', [pageFile('pasted.png', 'image/png', await picture('#386'))]);
    await dialog().getByLabel('Caption').fill('pasted');
    await dialog().getByLabel('Caption').press('Enter');
    expect(await seen('pasted')).toMatchObject({ kind: 'image' });
    const dropped = [pageFile('dropped.png', 'image/png', await picture('#258'))];
    await happen(page, '[role="log"]', 'dragenter', dropped);
    await page.getByText('Drop files to send them').waitFor();
    await shot('drop');
    await happen(page, '[role="log"]', 'dragleave', dropped);
    await page.getByText('Drop files to send them').waitFor({ state: 'detached' });
    await happen(page, '[role="log"]', 'dragenter', dropped);
    await happen(page, '[role="log"]', 'drop', dropped);
    await page.getByText('Drop files to send them').waitFor({ state: 'detached' });
    await dialog().getByLabel('Caption').fill('dropped, once');
    await dialog().getByLabel('Can be opened once').click();
    await dialog().getByRole('button', { name: 'Send' }).click();
    expect(await seen('dropped, once')).toMatchObject({ kind: 'image', media: { viewOnce: true } });
    await bubbles('image')
      .getByRole('button', { name: /To be seen once/ })
      .waitFor();
  });

  it('shows how far an upload is, lets it be cancelled, and goes on with the next', async () => {
    const { api, account, page, person, dialog, seen, shot, attach } = its();
    const sendAt = await throttle(page);
    await sendAt(150_000);
    const buffer = randomBytes(3_000_000);
    await attach({ name: 'slow.bin', mimeType: 'application/octet-stream', buffer });
    await dialog().getByRole('button', { name: 'Send' }).click();
    const bar = page.getByRole('progressbar', { name: 'Upload of slow.bin' });
    const far = () => bar.getAttribute('aria-valuenow').then(Number);
    await until('some of it to have left', async () => (await far()) > 0);
    expect(await far()).toBeLessThan(100);
    await shot('progress');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel the upload' }).click();
    await bar.waitFor({ state: 'detached' });
    await sendAt(0);
    await page.getByLabel('Message', { exact: true }).fill('after the cancelled one');
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await seen('after the cancelled one');
    const { items } = await api.chats(account.id);
    const chat = items.find(({ phoneNumber }) => phoneNumber === `+${person.number}`)!;
    const { items: messages } = await api.messages(chat.id);
    expect(messages.filter(({ media }) => media?.fileName === 'slow.bin')).toEqual([]);
  });

  it('says what failed, keeps it, and sends it when it is tried again', async () => {
    const { page, dialog, seen, shot, attach } = its();
    const refused = '**/api/whatsapp/media?*';
    await page.route(refused, (route) => route.abort());
    await attach({ name: 'held.txt', mimeType: 'text/plain', buffer: Buffer.from('held') });
    await dialog().getByLabel('Caption').fill('once only');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await page.getByText('The server cannot be reached.').first().waitFor();
    await shot('failed');
    await page.unroute(refused);
    await page.getByRole('button', { name: 'Try again' }).last().click();
    expect(await seen('once only')).toMatchObject({ kind: 'document', n: expect.any(Number), times: 1 });
  });

  it('refuses what is empty or too large by naming the limit, and offers a document for what is not what it says', async () => {
    const { page, dialog, seen, shot, attach } = its();
    const mebibyte = pageFile('huge.bin', 'application/octet-stream', Buffer.alloc(1024 * 1024));
    await happen(page, '[role="log"]', 'drop', [{ ...mebibyte, repeat: 129 }]);
    await dialog()
      .getByText(/larger than 128 MB, which is the limit here/)
      .waitFor();
    await shot('refused');
    expect(await dialog().getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Leave out huge.bin' }).click();
    await dialog().waitFor({ state: 'detached' });
    await attach({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    await dialog().getByText('This file is empty.').waitFor();
    await escape(page);
    await attach({ name: 'photo.heic', mimeType: 'image/heic', buffer: Buffer.from('heic') });
    await dialog()
      .getByText(/as “Image” WhatsApp takes JPEG, PNG of up to 16 MB/)
      .waitFor();
    await escape(page);
    await attach({ name: 'false.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') });
    await dialog().getByLabel('Caption').fill('as it is');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await page.getByText(/takes a JPEG or PNG of up to 16 MB; this is text\/plain/).waitFor();
    await page.getByRole('button', { name: 'Send it as a document' }).click();
    expect(await seen('as it is')).toMatchObject({ kind: 'document' });
  });

  it('records a voice note, with its waveform, and plays it', async () => {
    const { control, page, person, bubbles, shot } = its();
    await page.getByRole('button', { name: 'Record a voice note' }).click();
    const timer = page.getByRole('timer');
    await timer.filter({ hasText: /0:0[2-9]/ }).waitFor();
    await shot('recording');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send the voice note' }).click();
    const note = await control.waitForSeen(person.number, ({ kind }) => kind === 'voice', 30_000);
    const shown = (await control.shown(person.number)).map(({ doing }) => doing);
    expect(shown).toContain('recording');
    expect(note.media).toMatchObject({ mime: 'audio/ogg; codecs=opus', problem: null });
    expect(note.media!.waveform).toHaveLength(64);
    expect(Math.max(...note.media!.waveform!)).toBe(100);
    expect(note.media!.seconds).toBeGreaterThanOrEqual(1);
    const player = bubbles('voice').getByRole('group', { name: 'Voice note' });
    await player.getByRole('button', { name: 'Play' }).click();
    await player.getByRole('button', { name: 'Pause' }).waitFor();
    await player.getByText(/0:01 \//).waitFor();
    await page.getByRole('button', { name: 'Record a voice note' }).click();
    await timer.waitFor();
    await escape(page);
    await timer.waitFor({ state: 'detached' });
  });

  it('says why no voice note can be recorded where the browser has no microphone', async () => {
    const { browser, context, page } = its();
    const other = await browser.newContext({ storageState: await context.storageState() });
    const silent = await other.newPage();
    await silent.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
    const broken: string[] = [];
    await silent.exposeFunction('broken', (what: string) => broken.push(what));
    await silent.addInitScript(() =>
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        (globalThis as unknown as { broken(what: string): void }).broken(`${violatedDirective} ${blockedURI}`),
      ),
    );
    await silent.goto(page.url());
    await silent.getByRole('button', { name: 'Record a voice note' }).click();
    await silent.getByText(/gives this page no microphone\. Open the page by https/).waitFor();
    // What is about to be sent is shown under the page's own policy, too.
    await silent.getByLabel('Choose files').setInputFiles([
      { name: 'a.mp4', mimeType: 'video/mp4', buffer: film() },
      { name: 'a.png', mimeType: 'image/png', buffer: await picture('#333') },
    ]);
    await silent.getByRole('dialog').getByRole('button', { name: 'a.png', exact: true }).click();
    await silent.getByRole('dialog').getByRole('img', { name: 'a.png' }).waitFor();
    expect(broken.filter((each) => /media|img|default/.test(each))).toEqual([]);
    // Its context stays open: the browser that npm ships is one process, which ends with any of them.
    await silent.close();
  });
}
