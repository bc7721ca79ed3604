/**
 * What opens the votes of a poll: its secret, and who made it. Kept by the poll's id, and with it the votes that came
 * before the poll did. A vote is encrypted by a key made from the secret, the poll, its maker and the voter, and seals
 * hashes of the options (WhatsApp names people by number or by LID, so each pair of names is tried).
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { proto } from 'baileys';
import type { PersonAddress } from '../../jid.js';
import { lidJid, phoneJid } from '../../jid.js';
import type { SessionJournal } from '../../sessions/journal.js';
import { pack, unpack } from './records/plain.js';

/** Votes kept for a poll that has not come. */
const MOST_WAITING = 1_000;

interface Poll {
  secret: Uint8Array;
  /** Every name of who made it. */
  makers: string[];
  options: string[];
}

export interface SealedVote {
  waId: string;
  voters: string[];
  payload: Uint8Array;
  iv: Uint8Array;
}

interface Kept {
  poll?: Poll;
  waiting?: SealedVote[];
}

export const namesOf = ({ phone, lid }: PersonAddress): string[] => [
  ...(phone ? [phoneJid(phone)] : []),
  ...(lid ? [lidJid(lid)] : []),
];

export class Polls {
  constructor(private readonly journal: SessionJournal) {}

  async find(waId: string): Promise<Poll | undefined> {
    return (await this.read(waId)).poll;
  }

  /** To be awaited before the step in which a message is told: what it may need is then at hand. */
  async read(waId: string): Promise<Kept> {
    const record = (await this.journal.get('poll', [waId])).get(waId);
    return record ? unpack<Kept>(record) : {};
  }

  /** Answers the votes that waited for it, opened. */
  keep(waId: string, poll: Poll, kept: Kept): { waId: string; options: string[] }[] {
    this.journal.put('poll', waId, pack({ poll }));
    return (kept.waiting ?? []).flatMap((vote) => {
      const options = openVote(waId, poll, vote);
      return options ? [{ waId: vote.waId, options }] : [];
    });
  }

  wait(pollWaId: string, vote: SealedVote, { waiting = [] }: Kept): void {
    this.journal.put('poll', pollWaId, pack({ waiting: [...waiting, vote].slice(-MOST_WAITING) }));
  }
}

/** The chosen options in the order of the poll; null when it does not open. */
export function openVote(pollWaId: string, poll: Poll, vote: SealedVote): string[] | null {
  for (const maker of poll.makers)
    for (const voter of vote.voters) {
      const opened = tryOpen(pollWaId, poll.secret, maker, voter, vote);
      if (opened) return namesOfOptions(opened, poll.options);
    }
  return null;
}

export function sealVote(
  pollWaId: string,
  poll: Poll,
  voter: string,
  options: string[],
): { encPayload: Buffer; encIv: Buffer } {
  const iv = randomBytes(12);
  const [maker = ''] = poll.makers;
  const cipher = createCipheriv('aes-256-gcm', keyOf(pollWaId, poll.secret, maker, voter), iv);
  cipher.setAAD(Buffer.from(`${pollWaId}\0${voter}`));
  const plaintext = proto.Message.PollVoteMessage.encode({ selectedOptions: options.map(hashOf) }).finish();
  return { encPayload: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]), encIv: iv };
}

const TAG_BYTES = 16;

function tryOpen(pollWaId: string, secret: Uint8Array, maker: string, voter: string, { payload, iv }: SealedVote) {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(pollWaId, secret, maker, voter), iv, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(`${pollWaId}\0${voter}`));
    decipher.setAuthTag(payload.subarray(-TAG_BYTES));
    const plaintext = Buffer.concat([decipher.update(payload.subarray(0, -TAG_BYTES)), decipher.final()]);
    return proto.Message.PollVoteMessage.decode(plaintext).selectedOptions ?? [];
  } catch {
    return undefined; // sealed for another pair of names, or by somebody who does not know the secret
  }
}

function keyOf(pollWaId: string, secret: Uint8Array, maker: string, voter: string): Buffer {
  const info = Buffer.concat([Buffer.from(`${pollWaId}${maker}${voter}Poll Vote`), Buffer.from([1])]);
  const inner = createHmac('sha256', Buffer.alloc(32)).update(secret).digest();
  return createHmac('sha256', inner).update(info).digest();
}

const hashOf = (option: string): Buffer => createHash('sha256').update(option).digest();

function namesOfOptions(hashes: Uint8Array[], options: string[]): string[] {
  const chosen = new Set(hashes.map((hash) => Buffer.from(hash).toString('hex')));
  return options.filter((option) => chosen.has(hashOf(option).toString('hex')));
}
