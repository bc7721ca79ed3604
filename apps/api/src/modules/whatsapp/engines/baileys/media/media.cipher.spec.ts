import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { decrypt, encrypt, sealedSize } from './media.cipher.js';
import { mediaKeys } from './media.keys.js';

const keys = mediaKeys(randomBytes(32), 'image');
const FILE = randomBytes(1_000);
const NOTHING_SAID = { sha256: null, encSha256: null, size: null };

/** In pieces that fit no block. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 37) yield bytes.subarray(at, at + 37);
}

async function sealed(file = FILE): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of encrypt(inPieces(file), keys)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function opened(bytes: Uint8Array, expected = NOTHING_SAID as Parameters<typeof decrypt>[2]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of decrypt(inPieces(bytes), keys, expected)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

it.each([0, 1, 15, 16, 17, 1_000])('opens what it sealed, of %i bytes', async (size) => {
  const file = randomBytes(size);
  const bytes = await sealed(file);
  expect(bytes).toHaveLength(sealedSize(size));
  expect(await opened(bytes, { sha256: hashOf(file), encSha256: hashOf(bytes), size })).toEqual(file);
});

it.each([
  ['is cut at half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['is cut at a block', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 512), bytes.subarray(-10)])],
  ['lacks its mac', (bytes: Buffer) => bytes.subarray(0, -10)],
  ['has one bit flipped', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 500 ? byte ^ 1 : byte)))],
  ['is of another key', () => randomBytes(1_018)],
  ['is nothing', () => Buffer.alloc(0)],
])('takes for whole nothing that %s, also when its sender says no hash', async (_, change) => {
  await expect(opened(change(await sealed()))).rejects.toThrow('the mac does not fit');
});

it.each([
  ['hash', { sha256: hashOf(randomBytes(1)) }],
  ['hash of what lies at the hosts', { encSha256: hashOf(randomBytes(1)) }],
  ['length', { size: 999 }],
])('takes nothing that has another %s than its sender says', async (_, said) => {
  const whole = await sealed();
  await expect(opened(whole, { ...NOTHING_SAID, ...said })).rejects.toThrow(/does not fit|not the file meant/);
});
