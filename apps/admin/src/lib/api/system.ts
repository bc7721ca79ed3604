import type { ApiKey, ApiKeyCreate, ApiKeyCreated, Me, Setup, System, VaultKey } from '@trunkline/contracts';
import { request } from './request';

export const readSystem = () => request<System>('/system');
export const readMe = () => request<Me>('/me');
export const setUp = (body: Setup) => request<unknown>('/setup', { method: 'POST', body });

export const vaultKey = {
  read: () => request<VaultKey>('/system/key'),
  saved: (keyId: string) => request<VaultKey>('/system/key/saved', { method: 'POST', body: { keyId } }),
};

export const keys = {
  list: () => request<ApiKey[]>('/keys'),
  /** `key` is the secret; it is told this once. */
  create: (body: ApiKeyCreate) => request<ApiKeyCreated>('/keys', { method: 'POST', body }),
  remove: (id: string) => request<void>(`/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};
