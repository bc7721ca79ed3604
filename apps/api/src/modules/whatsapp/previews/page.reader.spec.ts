import { expect, it } from 'vitest';
import { decodePage, readPage } from './page.reader.js';

it('takes the words of Open Graph before those of the page', async () => {
  const html = `<!doctype html><html><head><title> The
    shop </title><meta name="description" content="Plain"><meta property="og:title" content="Shirts &amp; more">
    <META PROPERTY="og:image" CONTENT="/a.png"><meta property="og:image" content="/b.png"></head><body>`;
  expect(await readPage(html)).toEqual({ title: 'Shirts & more', description: 'Plain', image: '/a.png' });
  expect((await readPage('<title>The <b>shop</b></title><svg><title>a drawing</title></svg>')).title).toMatch(/^The/);
});

it('makes nothing of what says nothing, and does not stumble over what is broken', async () => {
  expect(await readPage('')).toEqual({});
  expect(await readPage('<meta property="og:title" content="  "><title></title>')).toEqual({});
  expect(await readPage('<html><head><title>cut of')).toEqual({ title: 'cut of' });
  expect((await readPage('<meta property="og:title" content="<script>alert(1)</script>">')).title).toBe(
    '<script>alert(1)</script>',
  );
});

it('reads the letters that a page is written in', async () => {
  const latin = Buffer.from('<title>Größe</title>', 'latin1');
  expect((await readPage(decodePage(latin, 'text/html; charset=iso-8859-1'))).title).toBe('Größe');
  const inside = Buffer.concat([Buffer.from('<meta charset="windows-1252">'), latin]);
  expect((await readPage(decodePage(inside, 'text/html'))).title).toBe('Größe');
  expect((await readPage(decodePage(Buffer.from('<title>Größe</title>'), 'text/html; charset=nonsense'))).title).toBe(
    'Größe',
  );
});
