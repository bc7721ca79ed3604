import type { Consent, OptOut, OptOutCreate, OptOutImport, OptOutImported, Page } from '@trunkline/contracts';
import { request } from './request';
import type { ListQuery } from './whatsapp';

export interface OptOutFilter {
  search?: string;
  state?: 'standing' | 'lifted' | 'all';
  personId?: string;
}

const path = '/whatsapp/opt-outs';

export const optOuts = {
  list: (query: ListQuery & OptOutFilter) => request<Page<OptOut>>(path, { query: { ...query } }),
  add: (body: OptOutCreate) => request<OptOut>(path, { method: 'POST', body }),
  consent: (id: string, body: Consent) =>
    request<OptOut>(`${path}/${encodeURIComponent(id)}/consent`, { method: 'POST', body }),
  import: (body: OptOutImport) => request<OptOutImported>(`${path}/import`, { method: 'POST', body }),
  /** A file: the browser loads it by itself. */
  exportHref: `/api${path}/export`,
};
