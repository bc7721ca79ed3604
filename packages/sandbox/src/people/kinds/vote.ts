import { Refusal } from '../refusal.js';
import type { Kind } from './kind.js';
import { seal } from './poll.secret.js';

export const vote: Kind<'vote'> = {
  stanzaType: 'poll',
  write: ({ messageId, options }, desk) => {
    const poll = desk.poll(messageId);
    if (!poll) throw new Refusal('not_found', `no poll ${messageId} was seen or sent`);
    const domain = desk.me.slice(desk.me.indexOf('@'));
    const maker = poll.makers.find((name) => name.endsWith(domain)) ?? poll.makers[0] ?? '';
    return {
      pollUpdateMessage: {
        pollCreationMessageKey: desk.key(messageId),
        vote: seal(poll, maker, desk.me, options),
        senderTimestampMs: desk.now,
      },
    };
  },
};
