import type { Media } from '@trunkline/contracts';
import { request } from './request';

export const fileAddress = (id: string): string => `/api/whatsapp/media/${encodeURIComponent(id)}`;

/** Asks for a file that is not here; events tell the rest. */
export const fetchMedia = (id: string): Promise<Media> =>
  request<Media>(`/whatsapp/media/${encodeURIComponent(id)}/fetch`, { method: 'POST' });
