/**
 * Somebody who shares where they are moves: each new position is a message on the wire, and the one message here says where
 * they are now. It belongs to the last sharing of the same person in the same chat that may still be going on. One whose
 * sharing is not here (it began before the link) is a message of its own.
 */
import type { ContentOf } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import type { InboundMessage } from '../../engines/engine.js';
import { announceUpdated } from '../message.updated.js';

/** Hours that WhatsApp lets somebody share, and one for clocks. */
const SHARED_HOURS = 9;

export interface Movable {
  accountId: string;
  chatId: string;
  /** Null: this account, from its phone. */
  senderId: string | null;
  message: InboundMessage;
}

type Moved = ContentOf<'live_location'> & { movedAfterSeconds: number };

export const isMoved = ({ content, history }: InboundMessage): boolean =>
  !history && content.kind === 'live_location' && content.movedAfterSeconds !== undefined;

/** Of messages that are such positions: those that have no sharing here. */
export async function foldMoved<T extends Movable>(sql: Sql, entries: readonly T[], now: Date): Promise<T[]> {
  const lone: T[] = [];
  for (const entry of entries) {
    if (!(await fold(sql, entry, entry.message.content as Moved, now))) lone.push(entry);
  }
  return lone;
}

/** False when there is no sharing that it could belong to. An older position than the one that is known changes nothing. */
async function fold(sql: Sql, { accountId, chatId, senderId, message }: Movable, moved: Moved, now: Date) {
  const at = new Date(message.at);
  const { rows } = await sql.query<{ wa_id: string; newer: boolean }>(
    `with share as (
       select id from mkt_wap_messages
       where account_id = $1 and chat_id = $2 and sender_id is not distinct from $3 and kind = 'live_location'
         and timestamp between $4::timestamptz - make_interval(hours => ${SHARED_HOURS}) and $4 and wa_id <> $5
       order by ordinal desc limit 1
     ), moved as (
       update mkt_wap_messages m set content = jsonb_strip_nulls($6::jsonb || jsonb_build_object('caption',
           coalesce($6::jsonb -> 'caption', m.content -> 'caption'))), updated_at = $7
       from share where m.id = share.id and coalesce((m.content ->> 'movedAfterSeconds')::int, 0) < $8 returning m.id
     )
     select m.wa_id, moved.id is not null as newer
     from share join mkt_wap_messages m on m.id = share.id left join moved on moved.id = m.id`,
    [accountId, chatId, senderId, at, message.waId, storableJson(moved), now, moved.movedAfterSeconds],
  );
  const [share] = rows;
  if (share?.newer) await announceUpdated(sql, [{ chatId, waId: share.wa_id }], now);
  return share !== undefined;
}
