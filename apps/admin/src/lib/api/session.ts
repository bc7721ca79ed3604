import { createAuthClient } from 'better-auth/client';
import { ApiError } from './error';

/** Sign-in by e-mail and password; it lives at `/api/auth` of this origin. */
const authClient = createAuthClient({ basePath: '/api/auth' });

/** Throws `ApiError`: `unauthenticated` for a wrong pair, `too_many_requests` after too many tries. */
export async function signIn(email: string, password: string): Promise<void> {
  const { error } = await authClient.signIn.email({ email, password }).catch(() => ({ error: { status: 0 } }));
  if (!error) return;
  const { status } = error;
  if (status === 401 || status === 400) throw new ApiError('unauthenticated', '', status);
  if (status === 403) throw new ApiError('forbidden', '', status);
  if (status === 429) throw new ApiError('too_many_requests', '', status);
  throw new ApiError(status === 0 ? 'unreachable' : 'unavailable', '', status);
}

/** False when the server could not be reached: then the session still lives. */
export async function signOut(): Promise<boolean> {
  const { error } = await authClient.signOut().catch(() => ({ error: { status: 0 } }));
  return !error || error.status === 401;
}
