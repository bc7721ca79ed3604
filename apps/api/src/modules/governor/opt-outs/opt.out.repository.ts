import type { ActorKind, Network, OptInSource, OptOut, OptOutSource } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../../whatsapp/events/event.log.repository.js';
import { describeFailure } from '../../whatsapp/messages/failure.js';
import { WAITS } from '../../whatsapp/messages/outbound/outbox.repository.js';
import { announce, MOVED } from '../../whatsapp/messages/receipts/status.writer.js';
import { OPT_OUT_COLUMNS, type OptOutRow, toOptOut } from './opt.out.view.js';

export interface Actor {
  kind: ActorKind;
  id: string | null;
  name: string;
}

export interface NewOptOut {
  network: Network;
  personId: string;
  source: OptOutSource;
  actor: Actor;
  note: string | null;
  accountId?: string | null;
  messageId?: string | null;
  confirmationId?: string | null;
}

/**
 * Puts people on the list, tells it, and fails what is queued for them. Who stands on it already stays as they are.
 * Answers the new ones.
 */
export async function insertOptOuts(sql: Sql, optOuts: readonly NewOptOut[], now: Date): Promise<OptOut[]> {
  if (optOuts.length === 0) return [];
  const { rows } = await sql.query<OptOutRow>(
    `with o as (
       insert into mkt_wap_opt_outs (id, network, person_id, source, actor_kind, actor_id, actor_name, note, account_id,
         message_id, confirmation_id, since)
       select n.*, $12::timestamptz from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::uuid[]) as n
       on conflict (person_id) where lifted_at is null do nothing returning *
     )
     select ${OPT_OUT_COLUMNS} from o join mkt_wap_people p on p.id = o.person_id`,
    [
      optOuts.map(() => uuid()),
      optOuts.map(({ network }) => network),
      optOuts.map(({ personId }) => personId),
      optOuts.map(({ source }) => source),
      optOuts.map(({ actor }) => actor.kind),
      optOuts.map(({ actor }) => actor.id),
      optOuts.map(({ actor }) => actor.name),
      optOuts.map(({ note }) => note),
      optOuts.map(({ accountId }) => accountId ?? null),
      optOuts.map(({ messageId }) => messageId ?? null),
      optOuts.map(({ confirmationId }) => confirmationId ?? null),
      now,
    ],
  );
  await failQueued(
    sql,
    rows.map((row) => row.person_id),
    now,
  );
  return tell(sql, 'opt_out.added', rows, now);
}

export interface Lift {
  source: OptInSource;
  actor: Actor;
  note: string | null;
}

/** Takes people off the list. Answers those that stood on it. */
export async function liftOptOuts(sql: Sql, personIds: readonly string[], lift: Lift, now: Date): Promise<OptOut[]> {
  const { rows } = await sql.query<OptOutRow>(
    `with o as (
       update mkt_wap_opt_outs set lifted_at = $2, lifted_source = $3, lifted_actor_kind = $4, lifted_actor_id = $5,
         lifted_actor_name = $6, lifted_note = $7
       where person_id = any($1) and lifted_at is null returning *
     )
     select ${OPT_OUT_COLUMNS} from o join mkt_wap_people p on p.id = o.person_id`,
    [personIds, now, lift.source, lift.actor.kind, lift.actor.id, lift.actor.name, lift.note],
  );
  return tell(sql, 'opt_out.lifted', rows, now);
}

/** Since when nothing may be sent, of those of the chats in which nothing may. */
export async function optedOutSince(sql: Sql, chatIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql.query<{ id: string; since: Date }>({
    name: 'opted-out-since',
    text: `select c.id, o.since from mkt_wap_chats c
      join mkt_wap_opt_outs o on o.person_id = c.person_id and o.lifted_at is null where c.id = any($1)`,
    values: [chatIds],
  });
  return new Map(rows.map((row) => [row.id, row.since]));
}

/**
 * What waits for them fails, by every account, also what was handed over and did not leave. One that its account's owner
 * has in hand at this moment is lifted again by its step `sending` (status.writer.ts): then it was on its way when the word
 * came.
 */
async function failQueued(sql: Sql, personIds: readonly string[], now: Date): Promise<void> {
  if (personIds.length === 0) return;
  const { rows } = await sql.query(
    `update mkt_wap_messages m set status = 'failed', failure = $2, failed_at = $3, outbox = null, held_until = null,
       queued_reason = null, updated_at = $3
     where m.direction = 'out' and m.outbox is not null and ${WAITS}
       and m.chat_id in (select id from mkt_wap_chats where person_id = any($1))
     returning ${MOVED}, m.updated_at as at`,
    [personIds, JSON.stringify(describeFailure({ code: 'opted_out', certain: true })), now],
  );
  await announce(sql, rows, now);
}

/** Up to so many are told one by one; an import of more is told as one. */
const TOLD_APART = 100;

async function tell(
  sql: Sql,
  event: 'opt_out.added' | 'opt_out.lifted',
  rows: readonly OptOutRow[],
  now: Date,
): Promise<OptOut[]> {
  const optOuts = rows.map(toOptOut);
  if (optOuts.length > TOLD_APART) {
    await appendEvents(sql, [newEvent('opt_out.imported', null, { count: optOuts.length }, now)]);
  } else {
    const events = optOuts.map((optOut) => newEvent(event, optOut.accountId, { optOut }, now));
    await appendEvents(sql, events);
  }
  return optOuts;
}
