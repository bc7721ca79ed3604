/** The rows of files that came with messages and posts, in the transaction of these; the files come later. */
import type { Media } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import type { EngineMedia } from '../engines/engine.js';
import { cleanFileName } from './file.name.js';
import { mediaJson } from './media.view.js';
import type { SealReference } from './reference.seal.js';

export interface InboundMedia {
  id: string;
  accountId: string;
  /** Null: a post. */
  messageId: string | null;
  /** Older than the link: it is fetched when a person asks for it. */
  history: boolean;
  media: EngineMedia;
}

/** Answers what stands in the events of the messages, by media id. */
export async function insertInboundMedia(
  sql: Sql,
  entries: readonly InboundMedia[],
  seal: SealReference,
  now: Date,
): Promise<Map<string, Media>> {
  if (entries.length === 0) return new Map();
  const { rows } = await sql.query<{ media: Media }>({
    name: 'insert-inbound-media',
    text: `insert into mkt_wap_media as media (id, account_id, origin, message_id, state, mime, size, file_name, width,
        height, seconds, waveform, thumbnail, reference, next_attempt_at, created_at, updated_at)
      select id, account_id, 'in', message_id, state, mime, size, nullif(file_name, ''), width, height, seconds, waveform,
        thumbnail, reference, case state when 'pending' then $14::timestamptz end, $14, $14
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::int[],
        $9::int[], $10::real[], $11::jsonb[], $12::bytea[], $13::bytea[])
        as new (id, account_id, message_id, state, mime, size, file_name, width, height, seconds, waveform, thumbnail,
          reference)
      returning ${mediaJson('media')} as media`,
    values: [
      entries.map(({ id }) => id),
      entries.map(({ accountId }) => accountId),
      entries.map(({ messageId }) => messageId),
      entries.map(({ history }) => (history ? 'remote' : 'pending')),
      entries.map(({ media }) => cleanMime(media.facts.mime)),
      entries.map(({ media }) => media.reference.size),
      entries.map(({ media }) => cleanFileName(media.facts.fileName ?? '')),
      entries.map(({ media }) => small(media.facts.width)),
      entries.map(({ media }) => small(media.facts.height)),
      entries.map(({ media }) => small(media.facts.seconds)),
      entries.map(({ media }) => media.facts.waveform && JSON.stringify(media.facts.waveform)),
      entries.map(({ media }) => media.facts.thumbnail),
      entries.map(({ accountId, id, media }) => seal(accountId, id, media.reference)),
      now,
    ],
  });
  return new Map(rows.map(({ media }) => [media.id, media]));
}

const MOST_INT = 2_147_483_647;
const small = (value: number | null): number | null => (value !== null && value <= MOST_INT ? value : null);

const MIME = /^[\w.+-]+\/[\w.+-]+(;\s*[\w-]+=[\w."+-]+)*$/;
const cleanMime = (mime: string): string => (MIME.test(mime) && mime.length < 200 ? mime : 'application/octet-stream');
