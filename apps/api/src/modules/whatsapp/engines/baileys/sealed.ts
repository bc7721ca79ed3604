/**
 * What people answer to a message, sealed for who can read that message: by a key made from its secret, its id, who made it,
 * who answers, and what kind of answer it is. WhatsApp names people by number or by LID, so each pair of names is tried.
 * Votes and answers to events are sealed alike (`decryptPollVote` and `decryptEventResponse` in Baileys).
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { PersonAddress } from '../../jid.js';
import { lidJid, phoneJid } from '../../jid.js';

export type Use = 'Poll Vote' | 'Event Response';

/** A message that is answered so: a poll, or an event. */
export interface Asked {
  secret: Uint8Array;
  /** Every name of who made it. */
  makers: string[];
  /** Of a poll. */
  options?: string[];
}

export interface SealedAnswer {
  waId: string;
  /** Every name of who answers. */
  voters: string[];
  payload: Uint8Array;
  iv: Uint8Array;
}

export const namesOf = ({ phone, lid }: PersonAddress): string[] => [
  ...(phone ? [phoneJid(phone)] : []),
  ...(lid ? [lidJid(lid)] : []),
];

const TAG_BYTES = 16;

/** For the first name of who made it. */
export function seal(use: Use, waId: string, { secret, makers: [maker = ''] }: Asked, me: string, plain: Uint8Array) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(use, waId, secret, maker, me), iv);
  cipher.setAAD(Buffer.from(`${waId}\0${me}`));
  return { encPayload: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]), encIv: iv };
}

/** Undefined when it was sealed for another pair of names, or by somebody who does not know the secret. */
export function open(use: Use, waId: string, { secret, makers }: Asked, answer: SealedAnswer): Buffer | undefined {
  for (const maker of makers)
    for (const voter of answer.voters) {
      const plain = tryOpen(waId, keyOf(use, waId, secret, maker, voter), voter, answer);
      if (plain) return plain;
    }
  return undefined;
}

function tryOpen(waId: string, key: Buffer, voter: string, { payload, iv }: SealedAnswer): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(`${waId}\0${voter}`));
    decipher.setAuthTag(payload.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(payload.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function keyOf(use: Use, waId: string, secret: Uint8Array, maker: string, voter: string): Buffer {
  const info = Buffer.concat([Buffer.from(`${waId}${maker}${voter}${use}`), Buffer.from([1])]);
  const inner = createHmac('sha256', Buffer.alloc(32)).update(secret).digest();
  return createHmac('sha256', inner).update(info).digest();
}
