import type { UserRecord } from '../network/device.js';
import { LID_DOMAIN, PN_DOMAIN, formatJid } from '../protocol/jid.js';

/** Both JIDs of a user, without a device. */
export const namesOf = ({ pn, lid }: UserRecord): string[] => [
  formatJid(pn, PN_DOMAIN, 0),
  formatJid(lid, LID_DOMAIN, 0),
];
