import type { Message } from '../../signal/message.proto.js';
import { known } from './asked.js';
import type { Kind, SayOf } from './kind.js';
import { type Asked, open, seal } from './sealed.js';

type Answer = SayOf<'answer'>['answer'];
const CODES: Record<Answer, number> = { going: 1, not_going: 2, maybe: 3 };
/** A protobuf whose field 1 is the code of the word; when it was said may follow. */
const FIELD = 0x08;

export const answer: Kind<'answer'> = {
  stanzaType: 'event',
  write: ({ messageId, answer: word }, desk) => ({
    encEventResponseMessage: {
      eventCreationMessageKey: desk.key(messageId),
      ...seal('Event Response', known(desk, messageId, 'event'), desk.me, Uint8Array.of(FIELD, CODES[word])),
    },
  }),
};

/** Null when it does not open. */
export function answerIn({ encEventResponseMessage: sent }: Message, event: Asked, names: string[]): Answer | null {
  const plain = sent && open('Event Response', event, names, sent);
  const [word] = Object.entries(CODES).find(([, code]) => plain?.[0] === FIELD && plain[1] === code) ?? [];
  return (word as Answer | undefined) ?? null;
}
