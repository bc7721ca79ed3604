import { node } from '../protocol/node.js';
import { SERVER_JID } from '../protocol/jid.js';
import { seconds, type Services } from './services.js';

export type DirtyKind = 'account_sync' | 'groups' | 'communities';

/** Not kept: who is not there asks anyway when it comes. */
export function sendDirty({ directory, office, clock }: Services, pn: string, type: DirtyKind): void {
  const user = directory.user(pn);
  const dirty = node('dirty', { type, timestamp: String(seconds(clock)) });
  for (const device of user ? directory.devicesOf(user) : []) {
    if (device.companion) office.tell(device, node('ib', { from: SERVER_JID }, [dirty]));
  }
}
