/** What transfers came to, written with the account's journal: only by the owner of its lease, in order, with the events. */
import type { Media, MediaState } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import type { MediaType } from '../../engines/media.js';
import { mediaJson } from '../media.view.js';

export interface DownloadStep {
  accountId: string;
  id: string;
  state: MediaState;
  problem: string | null;
  attempts: number;
  asked: number;
  nextAttemptAt: Date | null;
  /** Set when it moved at WhatsApp. */
  reference?: Buffer;
  /** Set with `ready`. */
  file?: {
    sha256: string;
    size: number;
    mime: string;
    width: number | null;
    height: number | null;
    seconds: number | null;
    thumbnail: Buffer | null;
  };
}

export async function writeDownloads(sql: Sql, steps: readonly DownloadStep[], now: Date): Promise<void> {
  const told: Media[] = [];
  for (const step of steps) {
    const media = await writeDownload(sql, step, now);
    if (media && media.state !== 'downloading') told.push(media);
  }
  await appendEvents(
    sql,
    told.map((media) => newEvent('media.updated', media.accountId, { media }, now)),
  );
}

async function writeDownload(sql: Sql, step: DownloadStep, now: Date): Promise<Media | undefined> {
  const { file } = step;
  const { rows } = await sql.query<{ media: Media }>({
    name: 'write-download',
    text: `update mkt_wap_media media set state = $2, problem = $3, attempts = $4, next_attempt_at = $5,
        reference = coalesce($6, reference), sha256 = coalesce($7, sha256), size = coalesce($8, size),
        mime = coalesce($9, mime), width = coalesce($10, width), height = coalesce($11, height),
        asked = $16, seconds = coalesce($12, seconds), thumbnail = coalesce($13, thumbnail),
        ready_at = case when $2 = 'ready' then $14::timestamptz else ready_at end, updated_at = $14
      where id = $1 and account_id = $15 and state in ('pending', 'downloading')
      returning ${mediaJson('media')} as media`,
    values: [
      step.id,
      step.state,
      step.problem,
      step.attempts,
      step.nextAttemptAt,
      step.reference ?? null,
      file?.sha256 ?? null,
      file?.size ?? null,
      file?.mime ?? null,
      file?.width ?? null,
      file?.height ?? null,
      file?.seconds ?? null,
      file?.thumbnail ?? null,
      now,
      step.accountId,
      step.asked,
    ],
  });
  return rows[0]?.media;
}

export interface UploadStep {
  accountId: string;
  mediaId: string;
  type: MediaType;
  state: 'pending' | 'ready' | 'failed';
  problem: string | null;
  attempts: number;
  nextAttemptAt: Date;
  /** Sealed; set with `ready`. */
  reference: Buffer | null;
}

export async function writeUploads(sql: Sql, steps: readonly UploadStep[], now: Date): Promise<void> {
  for (const step of steps) {
    await sql.query({
      name: 'write-upload',
      text: `update mkt_wap_media_uploads set state = $3, problem = $4, attempts = $5, next_attempt_at = $6,
          reference = coalesce($7, reference), uploaded_at = case when $3 = 'ready' then $8::timestamptz else uploaded_at end
        where media_id = $1 and type = $2 and account_id = $9`,
      values: [
        step.mediaId,
        step.type,
        step.state,
        step.problem,
        step.attempts,
        step.nextAttemptAt,
        step.reference,
        now,
        step.accountId,
      ],
    });
  }
}
