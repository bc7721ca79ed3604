import type { Reader } from './kind.js';

/** Sealed: what was answered is told when the event's secret has opened it (`sealed.answers.ts`). */
export const readAnswer: Reader<'answer'> = ({ encEventResponseMessage: sealed }) => {
  const target = sealed?.eventCreationMessageKey?.id;
  return target && sealed?.encPayload ? { kind: 'answer', targetWaId: target, answer: null } : undefined;
};
