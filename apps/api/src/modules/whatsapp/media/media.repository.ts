import type { Media } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { storableText } from '../../../database/text.js';
import { allowedAccounts, type Ctx, demandAccount } from '../../auth/ctx.js';
import type { MediaType } from '../engines/media.js';
import type { TakenFile } from './files/library.js';
import { mediaJson } from './media.view.js';
import { MEDIA_TYPE_SQL as TYPE } from './media.type.js';

const VISIBLE = `join mkt_wap_accounts a on a.id = media.account_id and a.deleted_at is null
  where media.id = $2 and ($1::uuid[] is null or media.account_id = any($1))`;

export async function findMedia(sql: Sql, ctx: Ctx, id: string): Promise<Media | undefined> {
  const { rows } = await sql.query<{ media: Media }>(
    `select ${mediaJson('media')} as media from mkt_wap_media media ${VISIBLE}`,
    [allowedAccounts(ctx), id],
  );
  return rows[0]?.media;
}

export async function mayUseAccount(sql: Sql, ctx: Ctx, accountId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_accounts where id = $2 and deleted_at is null and ($1::uuid[] is null or id = any($1))`,
    [allowedAccounts(ctx), accountId],
  );
  return rowCount === 1;
}

export interface NewUpload {
  id: string;
  accountId: string;
  fileName: string | null;
  file: TakenFile;
}

export async function insertUploaded(
  sql: Sql,
  { id, accountId, fileName, file }: NewUpload,
  now: Date,
): Promise<Media> {
  const { rows } = await sql.query<{ media: Media }>(
    `insert into mkt_wap_media as media (id, account_id, origin, state, mime, size, sha256, file_name, width, height, seconds,
       thumbnail, ready_at, created_at, updated_at)
     values ($1, $2, 'out', 'ready', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11)
     returning ${mediaJson('media')} as media`,
    [
      id,
      accountId,
      file.mime,
      file.size,
      file.sha256,
      fileName && storableText(fileName),
      file.width,
      file.height,
      file.seconds,
      file.thumbnail,
      now,
    ],
  );
  return rows[0]!.media;
}

/** What is at WhatsApp only, could not be had, or waits for its next turn is fetched now. Undefined when there is nothing to fetch it by. */
export async function wantAgain(sql: Sql, ctx: Ctx, id: string, now: Date): Promise<Media | undefined> {
  const { rows } = await sql.query<{ media: Media }>(
    `with media as (
       update mkt_wap_media m set state = 'pending', problem = null, attempts = 0, asked = 0, next_attempt_at = $3, updated_at = $3
       from mkt_wap_accounts a
       where m.id = $2 and a.id = m.account_id and a.deleted_at is null and ($1::uuid[] is null or m.account_id = any($1))
         and (m.state in ('remote', 'gone', 'failed') or m.state = 'pending' and m.next_attempt_at > $3)
         and m.reference is not null
       returning m.*)
     select ${mediaJson('media')} as media from media`,
    [allowedAccounts(ctx), id, now],
  );
  return rows[0]?.media;
}

/** For how long WhatsApp is trusted to keep what was uploaded. */
const UPLOAD_DAYS = 14;

/**
 * An upload for a message that is about to be queued; one that is there, or under way, serves it, too. What came in lies at
 * WhatsApp already: sent on as the kind that it came as, it is named there and not put there once more. The seal is bound
 * to account and media alone, so that what opens it is copied as it is.
 */
export async function wantUpload(
  sql: Sql,
  { accountId, mediaId, type }: { accountId: string; mediaId: string; type: MediaType },
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into mkt_wap_media_uploads as u (media_id, type, account_id, state, next_attempt_at, reference, uploaded_at)
     select $1, $2, $3, case when there.reference is null then 'pending' else 'ready' end, $4, there.reference, there.at
     from (select) one left join (
       select f.reference, f.created_at as at
       from mkt_wap_media f join mkt_wap_messages m on m.id = f.message_id
       where f.id = $1 and f.origin = 'in' and f.reference is not null and ${TYPE} = $2
         and f.created_at > $4::timestamptz - make_interval(days => $5)
     ) there on true
     on conflict (media_id, type) do update
       set state = 'pending', problem = null, attempts = 0, next_attempt_at = $4, reference = null
     where u.state = 'failed' or (u.state = 'ready' and u.uploaded_at < $4::timestamptz - make_interval(days => $5))`,
    [mediaId, type, accountId, now, UPLOAD_DAYS],
  );
}

/** A file as it may be sent; the row is held until the message that names it is there, so that it is not removed before. */
export async function findSendable(
  sql: Sql,
  ctx: Ctx,
  accountId: string,
  mediaId: string,
): Promise<{ state: string; mime: string; size: number | null } | undefined> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query<{ state: string; mime: string; size: number | null }>(
    `select state, mime, size from mkt_wap_media where id = $1 and account_id = $2 for share`,
    [mediaId, accountId],
  );
  return rows[0];
}

/** Of what is gone itself; one that a message was sent with since is the message's. The library sweeps what nobody names. */
export async function deleteFiles(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `delete from mkt_wap_media f where f.id = any($1)
       and not exists (select from mkt_wap_messages m where m.media_id = f.id)`,
    [ids],
  );
}
