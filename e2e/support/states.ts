/** Every reason that an account can have, in the state to which its machine comes by it. */
import { type Reason, REASON_NAMES } from '@trunkline/contracts';
import {
  type AccountEvent,
  type State,
  step,
} from '../../apps/api/src/modules/whatsapp/accounts/machine/account.machine.js';
import { born } from '../../apps/api/src/modules/whatsapp/accounts/machine/testing/born.js';
import type { Identity } from '../../apps/api/src/modules/whatsapp/engines/engine.js';
import type { LidUser, PhoneDigits } from '../../apps/api/src/modules/whatsapp/jid.js';

const own: Identity = { phone: '9990000071' as PhoneDigits, lid: '71' as LidUser, pushName: 'Shop', device: 1 };
const stranger: Identity = { ...own, phone: '9990000072' as PhoneDigits, lid: '72' as LidUser };
const closed = (reason: Reason): AccountEvent => ({ type: 'closed', reason, detail: '' });
const [warming, restart]: AccountEvent[] = [{ type: 'initialize' }, closed('restart_required')];
const scanned = (identity: Identity): AccountEvent[] => [warming!, { type: 'linked', identity }, restart!];
const active: AccountEvent[] = [...scanned(own), { type: 'open' }, { type: 'verified' }];

const LINKING: ReadonlySet<Reason> = new Set([
  'qr_expired',
  'linking_timeout',
  'linking_refused',
  'qr_refused',
  'passkey_required',
]);

/** @param now of the product @param otherId of an account that may have the phone already */
export function stateBy(reason: Reason, now: Date, otherId: string): State {
  const taken = { phoneNumber: `+${own.phone}`, accountId: otherId, accountName: 'Other' };
  const nameless = { ...own, phone: null };
  const paths: Partial<Record<Reason, AccountEvent[]>> = {
    none: active,
    phone_number_missing: [...scanned(nameless), { type: 'open' }, { type: 'verified' }, { type: 'due' }],
    phone_number_conflict: [...active, closed('unlinked'), ...scanned(stranger)],
    phone_number_taken: [...active, { type: 'number-taken', ...taken }],
    disconnected_by_user: [...active, { type: 'disconnect' }],
    reset_by_user: [...active, { type: 'reset' }],
    logged_out: [...active, { type: 'logout' }],
    // The first is followed at once; shown is what the next one makes.
    restart_required: [...active, restart!, restart!],
    temporarily_banned: [
      ...active,
      { type: 'closed', reason: 'temporarily_banned', detail: '', until: now.getTime() + 7_200_000 },
    ],
  };
  const events = paths[reason] ?? [...(LINKING.has(reason) ? [warming!] : active), closed(reason)];
  return after(events, now);
}

export const stateOf = (status: 'warming' | 'authenticating', now: Date): State =>
  after(status === 'warming' ? [warming!] : scanned(own), now);

/** What has been due was so by a minute. */
function after(events: readonly AccountEvent[], now: Date): State {
  let state = born;
  for (const event of events) {
    const at = event.type === 'due' ? new Date(now.getTime() + 61_000) : now;
    state = step(state, event, at, 0.5).state;
  }
  return { ...state, since: now };
}

export const REASONS_SHOWN = REASON_NAMES.filter((reason) => reason !== 'none');
