import type { Budget, Governor, GovernorChange } from '@trunkline/contracts';
import { request } from './request';

const account = (id: string): string => `/whatsapp/accounts/${encodeURIComponent(id)}`;

export const governor = {
  budget: (id: string) => request<Budget>(`${account(id)}/budget`),
  read: (id: string) => request<Governor>(`${account(id)}/governor`),
  change: (id: string, body: GovernorChange) => request<Governor>(`${account(id)}/governor`, { method: 'PUT', body }),
};
