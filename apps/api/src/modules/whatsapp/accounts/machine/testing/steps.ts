/** A life of an account in a few words, for specs of the machine. */
import type { Reason } from '@trunkline/contracts';
import type { Identity } from '../../../engines/engine.js';
import type { LidUser, PhoneDigits } from '../../../jid.js';
import { type AccountEvent, type Next, type State, step } from '../account.machine.js';

const T0 = new Date('2026-01-01T00:00:00Z');
export const at = (ms: number) => new Date(T0.getTime() + ms);
export const phone = '9990000000001' as PhoneDigits;
export const known: Identity = { phone, lid: '77' as LidUser, pushName: 'Shop', device: 1 };

/** Runs the events one after another, a second apart; answers the last step. */
export function run(state: State, ...events: AccountEvent[]): Next {
  let next: Next = { state, effects: [] };
  events.forEach((event, index) => (next = step(next.state, event, at(index * 1000), 0.5)));
  return next;
}

export const closed = (reason: Reason): AccountEvent => ({ type: 'closed', reason, detail: '' });
export const linking: AccountEvent[] = [{ type: 'initialize' }, { type: 'linked', identity: known }];
export const linked: AccountEvent[] = [...linking, closed('restart_required'), { type: 'open' }, { type: 'verified' }];
export const kinds = (next: Next) => next.effects.map((effect) => effect.type);
