/** Files of messages that wait to be sent, as the outbox sees them. */
import type { EngineMedia } from '../engines/engine.js';
import type { MediaReference } from '../engines/media.js';
import { MEDIA_TYPE_SQL as TYPE } from './media.type.js';

/** What is known of the file of a claimed message; `thumbnail` is base64. */
export interface ClaimedFile {
  id: string;
  state: 'pending' | 'ready' | 'failed';
  problem: string | null;
  mime: string;
  fileName: string | null;
  width: number | null;
  height: number | null;
  seconds: number | null;
  thumbnail: string | null;
}

export interface SealedFile extends ClaimedFile {
  reference: Buffer | null;
}

/** For a message `m`: one row, or none when its file is not wanted by anybody (it was deleted with its account). */
export const CLAIMED_FILE = `select u.reference, jsonb_build_object('id', f.id, 'state', u.state, 'problem', u.problem,
    'mime', f.mime, 'fileName', f.file_name, 'width', f.width, 'height', f.height, 'seconds', f.seconds,
    'thumbnail', encode(f.thumbnail, 'base64')) as file
  from mkt_wap_media f join mkt_wap_media_uploads u on u.media_id = f.id and u.type = ${TYPE} where f.id = m.media_id`;

export function engineMedia(file: ClaimedFile, reference: MediaReference): EngineMedia {
  const { mime, fileName, width, height, seconds } = file;
  const thumbnail = file.thumbnail === null ? null : Buffer.from(file.thumbnail, 'base64');
  return { reference, facts: { mime, fileName, width, height, seconds, waveform: null, thumbnail } };
}
