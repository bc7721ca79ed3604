import type { Me } from '@trunkline/contracts';
import type { Ctx } from './ctx.js';

/** What let somebody in. Its end ends what they have open. */
export interface Credential {
  kind: 'session' | 'key';
  id: string;
}

/** Somebody who was let in. */
export interface Caller {
  me: Me;
  credential: Credential;
}

/** Who asks, as services want to know it. */
export function ctxOf({ me }: Caller): Ctx {
  return { actor: { kind: me.kind, id: me.id, name: me.name }, role: me.role, accounts: 'all' };
}
