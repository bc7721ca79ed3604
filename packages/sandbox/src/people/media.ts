/**
 * How people send and open media. They reach the media hosts without a line, so that faults of transfers are the
 * accounts' alone; but what they open was encrypted, and is checked, as a phone does it.
 */
import { randomBytes } from 'node:crypto';
import type { PostedFile, SeenMedia } from '../control/contract.js';
import { MAC_BYTES, seal, unseal, type Digest } from '../media/media.cipher.js';
import type { MediaShelf } from '../media/media.shelf.js';
import { sameBytes } from '../protocol/bytes.js';
import type { MediaPart } from '../signal/media.proto.js';
import type { Message } from '../signal/message.proto.js';
import { mediaMessage, TYPE_OF, type MediaRead } from './media.kinds.js';

/** What is needed to open it again, or to put it to the hosts anew; not shown to anybody. */
export interface KeptMedia {
  mediaKey: Uint8Array;
  /** Of the encrypted file, base64url; null when it could not be had. */
  file: string | null;
}

export async function upload(shelf: MediaShelf, input: PostedFile, now: number): Promise<Message> {
  const mediaKey = new Uint8Array(randomBytes(32));
  let digest: Digest | undefined;
  const sealing = async function* (): AsyncGenerator<Uint8Array> {
    digest = yield* seal(bytesOf(input), mediaKey, TYPE_OF[input.kind]);
  };
  const file = await shelf.files.put(sealing());
  const { url, directPath } = shelf.publish(file);
  const part: MediaPart = {
    url,
    directPath,
    mimetype: input.mime,
    mediaKey,
    mediaKeyTimestamp: Math.floor(now / 1000),
    fileSha256: new Uint8Array(input.claimSha256 ? Buffer.from(input.claimSha256, 'hex') : digest!.sha256),
    fileEncSha256: new Uint8Array(Buffer.from(file.hash, 'base64url')),
    fileLength: digest!.size,
  };
  return mediaMessage(input, part);
}

/** As what is posted in channels lies there: for everybody, under no key. */
export async function uploadClear(shelf: MediaShelf, input: PostedFile): Promise<Message> {
  const file = await shelf.files.put(bytesOf(input));
  const { url, directPath } = shelf.publish(file);
  const fileSha256 = new Uint8Array(Buffer.from(file.hash, 'base64url'));
  return mediaMessage(input, { url, directPath, mimetype: input.mime, fileSha256, fileLength: file.size });
}

async function* bytesOf({ data, repeat }: PostedFile): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(data, 'base64');
  for (let n = 0; n < repeat; n += 1) yield bytes;
}

/** Fetches, checks and opens: `problem` says what was wrong, and then there is no hash. */
export async function openMedia(
  shelf: MediaShelf,
  { kind, part, about }: MediaRead,
): Promise<{ media: SeenMedia; kept: KeptMedia }> {
  const { mimetype: mime = '', mediaKey = new Uint8Array(0), fileEncSha256, directPath = '' } = part;
  const found = shelf.find(directPath);
  const file = typeof found === 'string' ? null : found.hash;
  const result = (digest: Digest | undefined, problem: SeenMedia['problem']) => ({
    media: { mime, ...about, size: digest?.size ?? null, sha256: digest?.sha256.toString('hex') ?? null, problem },
    kept: { mediaKey, file: problem ? null : file },
  });
  if (typeof found === 'string') return result(undefined, found);
  if (Buffer.from(fileEncSha256 ?? []).toString('base64url') !== found.hash) return result(undefined, 'wrong_file');
  const cut = found.size - MAC_BYTES;
  const mac = await whole(shelf.files.read(found.hash, cut));
  const digest = await unseal(shelf.files.read(found.hash, 0, cut - 1), mac, mediaKey, TYPE_OF[kind]).catch(
    () => undefined,
  );
  if (!digest) return result(undefined, 'wrong_key');
  if (!sameBytes(part.fileSha256 ?? new Uint8Array(0), digest.sha256)) return result(digest, 'wrong_hash');
  return result(digest, part.fileLength === digest.size ? null : 'wrong_length');
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
