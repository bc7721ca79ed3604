import type { Account, TimelineEntry } from '@trunkline/contracts';
import type { Facts } from './diagnostics.repository.js';
import { redact } from './redact.js';

/**
 * A text that can be handed to anybody: what the account is and what happened to it. No number, name, note, text or key of
 * anybody is in it; sentences that may hold some are redacted.
 */
export function diagnosticsOf(
  about: { version: string; now: Date },
  account: Account,
  facts: Facts,
  timeline: readonly TimelineEntry[],
): string {
  return [
    `Trunkline ${about.version}, ${about.now.toISOString()}`,
    `account ${account.id} on ${account.network}`,
    ...state(account),
    ...things(facts),
    '',
    'What happened, newest first:',
    ...timeline.map(line),
  ].join('\n');
}

function state({ state, ...account }: Account): string[] {
  const { wanted, status, connection, reason, userAction, since, deadline, attempt, nextAttemptAt } = state;
  return [
    `wanted ${wanted}, status ${status}, connection ${connection}, reason ${reason}, since ${since}`,
    `user action ${userAction ?? 'none'}, attempt ${attempt}, next ${nextAttemptAt ?? 'none'}, deadline ${deadline ?? 'none'}`,
    `note: ${account.statusNote ? redact(account.statusNote) : 'none'}`,
    `number: ${account.phoneNumber ? `known (${account.phoneNumberSource})` : 'unknown'}; conflict: ${conflict(account)}`,
    `linked ${account.linkedAt ?? 'never'}, connected ${account.lastConnectedAt ?? 'never'}, ` +
      `seen ${account.lastSeenConnectedAt ?? 'never'}, disconnected ${account.lastDisconnectedAt ?? 'never'}`,
  ];
}

const conflict = ({ numberConflict }: Omit<Account, 'state'>): string =>
  numberConflict ? (numberConflict.accountId ? 'another account has it' : 'another phone than before') : 'none';

function things({ lease, records, generations, outbox, clientVersion, parked }: Facts): string[] {
  const held = lease
    ? `epoch ${lease.epoch}, ${lease.owned ? 'owned' : 'free'}, claimed ${lease.claimedAt.toISOString()}`
    : 'none';
  return [
    `lease: ${held}`,
    `session records: ${counts(records)}; generations: ${counts(generations)}; parked entries: ${parked}`,
    `outbox: ${counts(outbox)}`,
    `client version: ${clientVersion ?? 'built in'}`,
  ];
}

const counts = (numbers: Record<string, number>): string =>
  Object.entries(numbers)
    .map(([word, n]) => `${word} ${n}`)
    .join(', ') || 'none';

function line({ at, text, done, times, code }: TimelineEntry): string {
  const words = [redact(text), done && redact(done)].filter(Boolean).join(' ');
  const named = code.reason ? `${code.event} ${code.reason}` : code.event;
  return `${at}  ${words}${times > 1 ? ` (${times} times)` : ''}  [${named}]`;
}
