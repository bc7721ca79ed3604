import type { Sql } from '../../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../../auth/ctx.js';
import type { Draft } from './draft.js';

/** What an outbound message said, to be sent as a new one; undefined for one that was received. */
export async function draftAgain(sql: Sql, ctx: Ctx, id: string): Promise<Draft | undefined> {
  const { rows } = await sql.query<Draft>(
    `select account_id as "accountId", chat_id as "chatId", jsonb_build_object('content', content, 'forwardingScore', forwarding_score) as says,
       quoted_wa_id as "quotedWaId", view_once as "viewOnce", typing as "simulateTyping", id as "retryOf", case when lane like 'campaign%' then 'campaign' end as lane
     from mkt_wap_messages where id = $1 and direction = 'out' and ($2::uuid[] is null or account_id = any($2))`,
    [id, allowedAccounts(ctx)],
  );
  return rows[0] && { ...rows[0], lane: rows[0].lane ?? undefined };
}

/** The message that was made from this one. */
export async function retriedAs(sql: Sql, ctx: Ctx, id: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from mkt_wap_messages where retry_of = $1 and ($2::uuid[] is null or account_id = any($2))`,
    [id, allowedAccounts(ctx)],
  );
  return rows[0]?.id;
}
