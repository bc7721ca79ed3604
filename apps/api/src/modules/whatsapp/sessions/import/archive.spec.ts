import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Header } from 'tar';
import { readArchive } from './archive.js';
import { tarGz, zip } from './testing/archives.js';

const wanted = (name: string) => name === 'creds.json' || name.startsWith('pre-key-');
const at = new Date('2026-11-20T10:00:00Z');
const session = {
  'auth/creds.json': '{}',
  'auth/pre-key-1.json': '[]',
  'auth/session-1.0.json': 'left',
  'auth/notes.txt': 'x',
};

it.each([
  ['.zip', zip],
  ['.tar.gz', tarGz],
])('reads what is wanted from a %s, and when it was written', async (_, pack) => {
  const { files, changedAt } = await readArchive(pack(session, at), wanted);
  expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ['creds.json', '{}'],
    ['pre-key-1.json', '[]'],
  ]);
  expect(Math.abs(changedAt!.getTime() - at.getTime())).toBeLessThan(24 * 3_600_000);
});

it.each([
  ['.zip', zip],
  ['.tar.gz', tarGz],
])('refuses names in a %s that lead out of it', async (_, pack) => {
  for (const name of ['../creds.json', 'auth/../../creds.json', '/etc/creds.json', '..\\creds.json']) {
    await expect(readArchive(pack({ [name]: '{}' }, at), wanted), name).rejects.toMatchObject({
      name: 'ImportRefused',
    });
  }
});

it.each([
  ['.zip', zip],
  ['.tar.gz', tarGz],
])('refuses a %s with two sessions, or a file that is far too large', async (_, pack) => {
  const two = pack({ 'a/creds.json': '{}', 'b/creds.json': '{}' }, at);
  await expect(readArchive(two, wanted)).rejects.toMatchObject({ reason: 'several_sessions' });
  const large = pack({ 'creds.json': ' '.repeat(5 * 1024 * 1024) }, at);
  await expect(readArchive(large, wanted)).rejects.toMatchObject({ reason: 'too_large' });
});

it('refuses more than a session can hold, however small it is packed', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`pre-key-${i}.json`, ' '.repeat(4 * 1024 * 1024)]),
  );
  await expect(readArchive(tarGz(many, at), wanted)).rejects.toMatchObject({ reason: 'too_large' });
  await expect(readArchive(zip(many, at), wanted)).rejects.toMatchObject({ reason: 'too_large' });
});

it('refuses an entry of a .zip that unpacks to more than it says', async () => {
  const honest = zip({ 'creds.json': 'x'.repeat(5000) }, at);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(5000);
  const lie = Buffer.from(honest);
  for (let from = lie.indexOf(size); from >= 0; from = lie.indexOf(size, from + 1)) lie.writeUInt32LE(50, from);
  await expect(readArchive(lie, wanted)).rejects.toMatchObject({ reason: 'corrupted' });
});

it('takes no link for a file', async () => {
  const block = Buffer.alloc(512);
  new Header({
    path: 'creds.json',
    type: 'SymbolicLink',
    linkpath: '/etc/passwd',
    size: 0,
    mtime: at,
    mode: 0o644,
  }).encode(block);
  const { files } = await readArchive(gzipSync(Buffer.concat([block, Buffer.alloc(1024)])), wanted);
  expect(files.size).toBe(0);
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['another file', Buffer.from('%PDF-1.7')],
  ['half a .zip', zip(session, at).subarray(0, 200)],
  [
    'half a .tar.gz',
    tarGz({ 'creds.json': Array.from({ length: 9000 }, (_, i) => i * 7919).join() }, at).subarray(0, 900),
  ],
  ['a .gz of something else', gzipSync('hello'.repeat(500))],
])('refuses %s', async (_, bytes) => {
  await expect(readArchive(bytes, wanted)).rejects.toMatchObject({ name: 'ImportRefused' });
});
