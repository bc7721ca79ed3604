import type {
  AccountProxy,
  AccountProxyPut,
  Network,
  Proxy,
  ProxyCreate,
  ProxyPatch,
  ProxyPool,
  ProxyPoolCreate,
  ProxyTest,
} from '@trunkline/contracts';
import { request } from './request';

const one = (id: string) => `/whatsapp/proxies/${encodeURIComponent(id)}`;
const pool = (id: string) => `/whatsapp/proxy-pools/${encodeURIComponent(id)}`;
const ofAccount = (id: string) => `/whatsapp/accounts/${encodeURIComponent(id)}/proxy`;

export const proxies = {
  list: () => request<Proxy[]>('/whatsapp/proxies'),
  create: (body: ProxyCreate) => request<Proxy>('/whatsapp/proxies', { method: 'POST', body }),
  patch: (id: string, body: ProxyPatch) => request<Proxy>(one(id), { method: 'PATCH', body }),
  remove: (id: string) => request<void>(one(id), { method: 'DELETE' }),
  test: (id: string, network: Network) => request<ProxyTest>(`${one(id)}/test`, { method: 'POST', body: { network } }),
  ofAccount: (id: string) => request<AccountProxy>(ofAccount(id)),
  assign: (id: string, body: AccountProxyPut) => request<AccountProxy>(ofAccount(id), { method: 'PUT', body }),
};

export const proxyPools = {
  list: () => request<ProxyPool[]>('/whatsapp/proxy-pools'),
  create: (body: ProxyPoolCreate) => request<ProxyPool>('/whatsapp/proxy-pools', { method: 'POST', body }),
  remove: (id: string) => request<void>(pool(id), { method: 'DELETE' }),
};
