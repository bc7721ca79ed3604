import type { Channel, Page, PageQuery, Post } from '@trunkline/contracts';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import type { Ctx } from '../../auth/ctx.js';
import { deleteFiles } from '../media/media.repository.js';
import {
  CHANNEL_COLUMNS,
  type ChannelRow,
  POST_AUTHOR,
  POST_COLUMNS,
  type PostRow,
  toChannel,
  toPost,
} from './post.view.js';

const allowed = (ctx: Ctx): readonly string[] | null => (ctx.accounts === 'all' ? null : ctx.accounts);

export interface PostsWanted extends PageQuery {
  accountId?: string | undefined;
  /** Of a channel; undefined: statuses. */
  channelId?: string | undefined;
}

/** The newest first; of those that are not over. */
export async function listPosts(sql: Sql, ctx: Ctx, query: PostsWanted, now: Date): Promise<Page<Post>> {
  const after = readCursor(query.cursor, 2);
  const { rows } = await sql.query<PostRow>(
    `select ${POST_COLUMNS} from mkt_wap_posts o
     join mkt_wap_accounts a on a.id = o.account_id and a.deleted_at is null ${POST_AUTHOR}
     where ($1::uuid[] is null or o.account_id = any($1)) and ($2::uuid is null or o.account_id = $2)
       and o.channel_id is not distinct from $3::uuid and o.expires_at > $4
       and ($5::timestamptz is null or (o.posted_at, o.id) < ($5, $6::uuid))
     order by o.posted_at desc, o.id desc limit $7`,
    [
      allowed(ctx),
      query.accountId ?? null,
      query.channelId ?? null,
      now,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  );
  return pageOfRows(rows, query.limit, toPost, (row) => [row.posted_at.toISOString(), row.id]);
}

export async function listChannels(
  sql: Sql,
  ctx: Ctx,
  query: PageQuery & { accountId?: string | undefined },
): Promise<Page<Channel>> {
  const after = readCursor(query.cursor, 2);
  const { rows } = await sql.query<ChannelRow>(
    `select ${CHANNEL_COLUMNS} from mkt_wap_channels c
     join mkt_wap_accounts a on a.id = c.account_id and a.deleted_at is null
     where ($1::uuid[] is null or c.account_id = any($1)) and ($2::uuid is null or c.account_id = $2)
       and ($3::text is null or (lower(coalesce(c.name, c.wa_id)), c.id) > ($3, $4::uuid))
     order by lower(coalesce(c.name, c.wa_id)), c.id limit $5`,
    [allowed(ctx), query.accountId ?? null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  return pageOfRows(rows, query.limit, toChannel, (row) => [(row.name ?? row.wa_id).toLowerCase(), row.id]);
}

export async function seesChannel(sql: Sql, ctx: Ctx, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_channels c join mkt_wap_accounts a on a.id = c.account_id and a.deleted_at is null
     where c.id = $1 and ($2::uuid[] is null or c.account_id = any($2))`,
    [id, allowed(ctx)],
  );
  return rowCount === 1;
}

/** With their files. */
export async function deleteOldPosts(store: Pick<Store, 'pool'>, now: Date): Promise<void> {
  await transact(store.pool, async (sql) => {
    const { rows } = await sql.query<{ media_id: string | null }>(
      `delete from mkt_wap_posts where expires_at <= $1 returning media_id`,
      [now],
    );
    await deleteFiles(
      sql,
      rows.flatMap(({ media_id: media }) => media ?? []),
    );
  });
}
