import { sealAnswer } from '../../event.answers.js';
import { SendFailure } from '../send.failure.js';
import { askedFor } from './asked.for.js';
import { targetKey, type Writer } from './kind.js';

export const writeAnswer: Writer<'answer'> = async ({ targetWaId, answer }, outgoing) => {
  if (answer === null) throw new SendFailure('unsupported', 'an answer that was not opened cannot be sent');
  const event = await askedFor(targetWaId, outgoing, 'event');
  return {
    message: {
      encEventResponseMessage: {
        eventCreationMessageKey: targetKey(outgoing, targetWaId),
        ...sealAnswer(targetWaId, event, outgoing.me, answer, Date.now()),
      },
    },
    attrs: { type: 'event' },
    nodes: [{ tag: 'meta', attrs: { event_type: 'response' } }],
  };
};
