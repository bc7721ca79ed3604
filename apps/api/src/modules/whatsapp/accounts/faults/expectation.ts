import type { AccountStatus, Reason, UserAction } from '@trunkline/contracts';

/**
 * What follows when a fault strikes an account in a phase.
 * - `unnoticed`: nothing to tell; what was under way is finished.
 * - `again`: a new connection at once, without a reason, since the server asked for it.
 * - `retried`: shown with status and reason, and tried again by itself after a wait (`backoff.ts`) until it is well.
 * - `waits`: no engine runs until a known time, then it is tried by itself.
 * - `asks`: no engine runs; a person decides, and `userAction` is what mends it.
 * - `over`: what a person asked for (log out, reset) is done all the same.
 * - `resumed`: whoever owns the account next goes on where it was.
 * - `never`: cannot occur. `open`: the product does not do it yet.
 */
export type Expectation =
  | { kind: 'unnoticed' | 'again' | 'over' | 'resumed' }
  | { kind: 'retried'; status: AccountStatus; reason: Reason; orReason?: Reason }
  | { kind: 'waits' | 'asks'; status: AccountStatus; reason: Reason; userAction: UserAction }
  | { kind: 'never' | 'open'; why: string };

export const unnoticed: Expectation = { kind: 'unnoticed' };
export const again: Expectation = { kind: 'again' };
export const over: Expectation = { kind: 'over' };
export const resumed: Expectation = { kind: 'resumed' };
export const never = (why: string): Expectation => ({ kind: 'never', why });
export const open = (why: string): Expectation => ({ kind: 'open', why });
/** @param orReason where two notice, and either may be the first */
export const retried = (status: AccountStatus, reason: Reason, orReason?: Reason): Expectation => ({
  kind: 'retried',
  status,
  reason,
  ...(orReason && { orReason }),
});
export const waits = (reason: Reason): Expectation => ({
  kind: 'waits',
  status: 'banned',
  reason,
  userAction: 'wait',
});
export const asks = (reason: Reason, userAction: UserAction, status: AccountStatus = 'inactive'): Expectation => ({
  kind: 'asks',
  status,
  reason,
  userAction,
});

export const isDriven = ({ kind }: Expectation): boolean => kind !== 'never' && kind !== 'open';
