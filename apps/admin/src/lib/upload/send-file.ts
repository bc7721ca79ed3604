import type { Media } from '@trunkline/contracts';
import { type FormOnItsWay, sendForm } from './send-form';

export interface FileOnItsWay extends Pick<FormOnItsWay, 'file' | 'signal' | 'onProgress'> {
  accountId: string;
  /** Of a film; see `posterOf`. */
  poster: string | null;
}

/** Uploads one file. Throws `ApiError`. */
export const sendFile = ({ accountId, poster, ...file }: FileOnItsWay): Promise<Media> =>
  sendForm({
    method: 'POST',
    path: `/whatsapp/media?accountId=${encodeURIComponent(accountId)}`,
    fields: poster ? { poster } : {},
    ...file,
  });
