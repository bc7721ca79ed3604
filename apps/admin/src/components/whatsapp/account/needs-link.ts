import type { Account } from '@trunkline/contracts';

/** Whether the page offers a QR or a code: while linking, and when there is no session that could go online by itself. */
export function needsLink({ state, linkedAt }: Pick<Account, 'state' | 'linkedAt'>): boolean {
  if (state.status === 'warming' || state.status === 'authenticating') return true;
  if (state.status !== 'inactive') return false;
  return linkedAt === null || state.userAction === 'scan_qr' || state.userAction === 'retry_initialize';
}
