import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { cleanFileName } from '../../../../media/file.name.js';
import { readMedia } from '../media.js';
import { filled, type Reader } from './kind.js';

export const readDocument: Reader<'document'> = (message) => {
  const { documentMessage: document } = message;
  const media = document ? readMedia(message) : undefined;
  if (!document || !media) return undefined;
  const { fileName } = media.facts;
  const shown = filled({ caption: document.caption, fileName: fileName && cleanFileName(fileName) });
  return { kind: 'document', mediaId: UNSTORED_MEDIA, ...shown };
};
