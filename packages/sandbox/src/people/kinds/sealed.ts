/**
 * How a vote, or an answer to an event, is sealed: AES-GCM by a key made of the secret of what is answered, its id, its maker, who
 * answers, and what kind of answer it is (as clients do; `decryptPollVote` and `decryptEventResponse` in Baileys are the
 * witnesses of the conformance cases).
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

export type Use = 'Poll Vote' | 'Event Response';

/** A poll or an event that was seen or sent. */
export interface Asked {
  id: string;
  secret: Uint8Array;
  /** Every name of who made it. */
  makers: string[];
  /** Of a poll. */
  options?: string[];
}

export interface Sealed {
  encPayload?: Uint8Array;
  encIv?: Uint8Array;
}

const TAG = 16;

function keyOf(use: Use, { id, secret }: Asked, maker: string, answerer: string): Buffer {
  const extracted = createHmac('sha256', new Uint8Array(32)).update(secret).digest();
  return createHmac('sha256', extracted).update(`${id}${maker}${answerer}${use}`).update(Uint8Array.of(1)).digest();
}

/** `me` as the chat names one; the maker is named alike. */
export function seal(use: Use, asked: Asked, me: string, plain: Uint8Array): Required<Sealed> {
  const domain = me.slice(me.indexOf('@'));
  const maker = asked.makers.find((name) => name.endsWith(domain)) ?? asked.makers[0] ?? '';
  const encIv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(use, asked, maker, me), encIv);
  cipher.setAAD(Buffer.from(`${asked.id}\0${me}`));
  return { encPayload: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]), encIv };
}

/** Undefined when no pair of names opens it. */
export function open(use: Use, asked: Asked, answerers: string[], sealed: Sealed): Buffer | undefined {
  const { encPayload, encIv } = sealed;
  if (!encPayload || !encIv || encPayload.length < TAG) return undefined;
  for (const maker of asked.makers)
    for (const answerer of answerers) {
      const plain = tryOpen(keyOf(use, asked, maker, answerer), `${asked.id}\0${answerer}`, encPayload, encIv);
      if (plain) return plain;
    }
  return undefined;
}

function tryOpen(key: Buffer, about: string, payload: Uint8Array, iv: Uint8Array): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(payload.subarray(payload.length - TAG));
    return Buffer.concat([decipher.update(payload.subarray(0, payload.length - TAG)), decipher.final()]);
  } catch {
    return undefined; // sealed for another pair of names
  }
}
