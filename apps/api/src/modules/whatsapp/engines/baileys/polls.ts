/** A vote: hashes of the options that one person chooses, sealed. */
import { createHash } from 'node:crypto';
import { proto } from 'baileys';
import { type Asked, open, seal, type SealedAnswer } from './sealed.js';

/** The chosen options in the order of the poll; null when it does not open. */
export function openVote(pollWaId: string, poll: Asked, vote: SealedAnswer): string[] | null {
  const plain = open('Poll Vote', pollWaId, poll, vote);
  const read = plain && decoded(plain);
  return read ? namesOfOptions(read.selectedOptions ?? [], poll.options ?? []) : null;
}

export const sealVote = (pollWaId: string, poll: Asked, voter: string, options: string[]) =>
  seal('Poll Vote', pollWaId, poll, voter, Vote.encode({ selectedOptions: options.map(hashOf) }).finish());

const Vote = proto.Message.PollVoteMessage;

function decoded(plain: Uint8Array): proto.Message.IPollVoteMessage | undefined {
  try {
    return Vote.decode(plain);
  } catch {
    return undefined; // opened, and no vote
  }
}

const hashOf = (option: string): Buffer => createHash('sha256').update(option).digest();

function namesOfOptions(hashes: Uint8Array[], options: string[]): string[] {
  const chosen = new Set(hashes.map((hash) => Buffer.from(hash).toString('hex')));
  return options.filter((option) => chosen.has(hashOf(option).toString('hex')));
}
