/** What each finding is called, and what is done about it. */
import type { HealthFindingKind } from '@trunkline/contracts';
import type { Verb } from '../../cluster/commands/command.js';

interface Mend {
  message: string;
  mend: string;
  /** What the account's owner is asked to do; where there is none, one is called for. */
  ask?: Extract<Verb, 'find-number' | 'check'>;
}

export const MENDS: Record<HealthFindingKind, Mend> = {
  number_missing: {
    message: 'The account is connected, and its phone number is not known.',
    mend: 'The number is looked for again.',
    ask: 'find-number',
  },
  number_given_up: {
    message: 'The account is offline because its phone number was not found.',
    mend: 'It is connected and the number looked for again; without one it goes offline again.',
    ask: 'find-number',
  },
  engine_missing: {
    message: 'The account is shown as connected, and nothing has proved it for some minutes.',
    mend: 'The connection is tested, and made again when it does not answer.',
    ask: 'check',
  },
  engine_without_lease: {
    message: 'A worker ran the account without the right to.',
    mend: 'It stopped. The account goes on where it belongs.',
  },
  lease_without_owner: {
    message: 'The account should be online, and no worker runs it.',
    mend: 'Workers are called to take it.',
  },
  deadline_passed: {
    message: 'Something that was due for the account was not done.',
    mend: 'It is done now.',
    ask: 'check',
  },
  queue_still: {
    message: 'The account is connected, and its messages have not moved for some minutes.',
    mend: 'The outbox is woken and the connection tested.',
    ask: 'check',
  },
};
