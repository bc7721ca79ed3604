import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { squarePicture } from './square.picture.js';

function fileOf(bytes: Uint8Array | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'square-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'picture');
  writeFileSync(path, bytes);
  return path;
}

it('cuts the middle of a picture to a square JPEG, and keeps nothing that the file said of itself', async () => {
  const stripe = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  const wide = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#ff0000' } })
    .composite([{ input: stripe, left: 100, top: 0 }])
    .withExif({ IFD0: { Copyright: 'Somebody at home' } })
    .png()
    .toBuffer();
  const square = (await squarePicture(fileOf(wide)))!;
  const found = await sharp(square).metadata();
  expect(found).toMatchObject({ format: 'jpeg', width: 640, height: 640 });
  expect(found.exif).toBeUndefined();
  const { dominant } = await sharp(square).stats();
  expect(dominant.g).toBeGreaterThan(200);
  expect(dominant.r).toBeLessThan(60);
});

it('knows what is no picture', async () => {
  expect(await squarePicture(fileOf('no picture'))).toBeUndefined();
});
