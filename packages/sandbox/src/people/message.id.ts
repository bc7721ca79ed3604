import { randomBytes } from 'node:crypto';

const WRITTEN = 'AC';
const ANSWERED = 'AE';

/** Ids look like those of phones: 32 hex digits. */
export function newMessageId(): string {
  return WRITTEN + randomBytes(15).toString('hex').toUpperCase();
}

/** Answers by rule can be told by their id, so that two people who echo do not echo each other for ever. */
export function newAnswerId(): string {
  return ANSWERED + randomBytes(15).toString('hex').toUpperCase();
}

export function isAnswerId(id: string): boolean {
  return id.length === 32 && id.startsWith(ANSWERED);
}
