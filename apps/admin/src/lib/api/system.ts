import type { ApiKey, Me, Network, Page, Setup } from '@trunkline/contracts';
import { request } from './request';

/** What this installation is and runs. `setupNeeded`: nobody owns it yet. Open without a session. */
export interface System {
  version: string;
  networks: Record<Network, boolean>;
  setupNeeded: boolean;
}

export const readSystem = () => request<System>('/system');
export const readMe = () => request<Me>('/me');
export const setUp = (body: Setup) => request<unknown>('/setup', { method: 'POST', body });

export const keys = {
  list: () => request<Page<ApiKey>>('/keys'),
  /** `key` is the secret; it is told this once. */
  create: (name: string) => request<{ key: string; apiKey: ApiKey }>('/keys', { method: 'POST', body: { name } }),
  remove: (id: string) => request<void>(`/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};
