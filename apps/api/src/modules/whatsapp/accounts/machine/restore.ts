/** A person takes an older state of the session. It is judged like a new link: the first login has to prove it. */
import { type AccountEvent, ended, type Next, rest, type State } from './state.js';

export function restore(state: State, { generationId }: Extract<AccountEvent, { type: 'restore' }>, now: Date): Next {
  const after = rest(state, {
    ...ended(state, now),
    linked: true,
    linkedAt: now,
    verifiedAt: null,
    authenticatedAt: null,
    conflictPhoneNumber: null,
    conflictAccountId: null,
    reason: 'none',
    userAction: 'reconnect',
    statusNote: 'An older state of the session was restored.',
  });
  return { state: after, effects: [{ type: 'close' }, { type: 'restore', generationId }] };
}
