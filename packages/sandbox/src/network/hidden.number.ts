import { LID_DOMAIN } from '../protocol/jid.js';
import type { Domain, User } from './directory.js';
import type { Services } from './services.js';

/** True while the network keeps a user's number from the user's own devices (a fault). */
export function hidesNumber({ faults }: Pick<Services, 'faults'>, user: User): boolean {
  return faults.stands(user.pn, 'hidden-number');
}

/** How a user is named to the user's own devices. */
export function ownDomain(services: Pick<Services, 'faults'>, user: User, domain: Domain): Domain {
  return hidesNumber(services, user) ? LID_DOMAIN : domain;
}
