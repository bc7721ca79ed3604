import type { MediaKind } from '@trunkline/contracts';
import { MEDIA_TYPE_OF } from '../engines/media.js';

/** Of a message `m`: what the media hosts call its file; null for a kind without one. */
export const MEDIA_TYPE_SQL = `case m.kind ${(Object.keys(MEDIA_TYPE_OF) as MediaKind[])
  .map((kind) => `when '${kind}' then '${MEDIA_TYPE_OF[kind]}'`)
  .join(' ')} end`;
