import type { Reader } from './kind.js';

/** Sealed: what was chosen is told when the poll's secret has opened it (`sealed.answers.ts`). */
export const readVote: Reader<'vote'> = ({ pollUpdateMessage }) => {
  const target = pollUpdateMessage?.pollCreationMessageKey?.id;
  return target && pollUpdateMessage?.vote ? { kind: 'vote', targetWaId: target, options: null } : undefined;
};
