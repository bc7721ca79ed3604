import type { Chat } from '@trunkline/contracts';

/** `now` in milliseconds since 1970. */
export const isMuted = ({ mutedUntil }: Pick<Chat, 'mutedUntil'>, now: number): boolean =>
  mutedUntil !== null && Date.parse(mutedUntil) > now;
