import { signInSchema, type SignIn } from '@trunkline/contracts';
import { request } from './request';

/** Throws `ApiError`: `unauthenticated` for a wrong pair, `too_many_requests` after too many tries. */
export const signIn = (body: SignIn) =>
  request<unknown>('/auth/sign-in/email', { method: 'POST', body: signInSchema.parse(body) });

export const signOut = () => request<void>('/auth/sign-out', { method: 'POST' });
