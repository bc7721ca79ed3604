import type { UserAction } from '@trunkline/contracts';
import type { AccountVerb } from '@/lib/api/whatsapp';

/** The questions an account page can ask before something is done. */
export type AccountDialog = 'rename' | 'phone' | 'reset' | 'logout' | 'delete';

type Deed =
  | { kind: 'ask'; verb: AccountVerb }
  | { kind: 'dialog'; dialog: AccountDialog }
  | { kind: 'open'; href: string }
  /** The account that has the number already. */
  | { kind: 'other-account' }
  | { kind: 'wait' };

/** What the button of each action does. `initialize` begins to link, or goes online with the session there is. */
export const ACTION_DEEDS: Record<UserAction, Deed> = {
  update_phone: { kind: 'dialog', dialog: 'phone' },
  confirm_number: { kind: 'ask', verb: 'accept-number' },
  open_account: { kind: 'other-account' },
  retry_initialize: { kind: 'ask', verb: 'initialize' },
  reconnect: { kind: 'ask', verb: 'initialize' },
  reset: { kind: 'dialog', dialog: 'reset' },
  try_session: { kind: 'ask', verb: 'initialize' },
  scan_qr: { kind: 'ask', verb: 'initialize' },
  take_over: { kind: 'ask', verb: 'initialize' },
  wait: { kind: 'wait' },
  contact_whatsapp: { kind: 'open', href: 'https://www.whatsapp.com/contact/' },
};
