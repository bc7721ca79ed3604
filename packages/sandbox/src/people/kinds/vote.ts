import { createHash } from 'node:crypto';
import type { Message } from '../../signal/message.proto.js';
import { known } from './asked.js';
import type { Kind } from './kind.js';
import { type Asked, open, seal } from './sealed.js';

const hash = (option: string): Buffer => createHash('sha256').update(option, 'utf8').digest();
/** A protobuf of one repeated field of bytes: field 1, 32 bytes each. */
const chosen = (option: string): Buffer => Buffer.concat([Buffer.from([0x0a, 32]), hash(option)]);

export const vote: Kind<'vote'> = {
  stanzaType: 'poll',
  write: ({ messageId, options }, desk) => ({
    pollUpdateMessage: {
      pollCreationMessageKey: desk.key(messageId),
      vote: seal('Poll Vote', known(desk, messageId, 'poll'), desk.me, Buffer.concat(options.map(chosen))),
      senderTimestampMs: desk.now,
    },
  }),
};

/** The chosen options; null when it does not open. */
export function optionsIn({ pollUpdateMessage: sent }: Message, poll: Asked, voters: string[]): string[] | null {
  const plain = sent?.vote && open('Poll Vote', poll, voters, sent.vote);
  return plain ? (poll.options ?? []).filter((option) => plain.includes(hash(option))) : null;
}
