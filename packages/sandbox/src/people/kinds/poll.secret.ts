/**
 * How a vote is sealed: AES-GCM by a key made of the poll's secret, its id, its maker and the voter, over hashes of the
 * options (as clients do; `decryptPollVote` in Baileys is the witness of the conformance cases).
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

export interface Poll {
  id: string;
  secret: Uint8Array;
  /** Every name of who made it. */
  makers: string[];
  options: string[];
}

export interface Sealed {
  encPayload?: Uint8Array;
  encIv?: Uint8Array;
}

const TAG = 16;
const hash = (option: string): Buffer => createHash('sha256').update(option, 'utf8').digest();

function voteKey({ id, secret }: Poll, maker: string, voter: string): Buffer {
  const extracted = createHmac('sha256', new Uint8Array(32)).update(secret).digest();
  return createHmac('sha256', extracted).update(`${id}${maker}${voter}Poll Vote`).update(Uint8Array.of(1)).digest();
}

/** `maker` and `voter` as the chat names them. */
export function seal(poll: Poll, maker: string, voter: string, options: string[]): Sealed {
  const encIv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', voteKey(poll, maker, voter), encIv);
  cipher.setAAD(Buffer.from(`${poll.id}\0${voter}`));
  // A protobuf of one repeated field of bytes: field 1, 32 bytes each.
  const plain = Buffer.concat(options.map((option) => Buffer.concat([Buffer.from([0x0a, 32]), hash(option)])));
  return { encPayload: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]), encIv };
}

/** The chosen options; null when no pair of names opens it. */
export function open(poll: Poll, voters: string[], { encPayload, encIv }: Sealed): string[] | null {
  if (!encPayload || !encIv || encPayload.length < TAG) return null;
  for (const maker of poll.makers)
    for (const voter of voters) {
      const plain = tryOpen(poll, maker, voter, encPayload, encIv);
      if (plain) return poll.options.filter((option) => plain.includes(hash(option)));
    }
  return null;
}

function tryOpen(poll: Poll, maker: string, voter: string, payload: Uint8Array, iv: Uint8Array): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', voteKey(poll, maker, voter), iv, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(`${poll.id}\0${voter}`));
    decipher.setAuthTag(payload.subarray(payload.length - TAG));
    return Buffer.concat([decipher.update(payload.subarray(0, payload.length - TAG)), decipher.final()]);
  } catch {
    return undefined; // sealed for another pair of names
  }
}
