import type { ActorKind, Network, OptInSource, OptOutSource } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';
import { mktWapPeople } from './people.js';

/**
 * Who wants no messages: one row from each "stop" to the "start" that ends it. A row without `lifted_at` stands, and
 * nothing but its own confirmation is sent to that person. Rows are never deleted: they are the proof.
 */
export const mktWapOptOuts = pgTable(
  'mkt_wap_opt_outs',
  {
    id: uuid('id').primaryKey(),
    network: text('network').$type<Network>().notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => mktWapPeople.id),
    since: instant('since').notNull(),
    source: text('source').$type<OptOutSource>().notNull(),
    /** Who put them here: the person by a word, or one of ours. */
    actorKind: text('actor_kind').$type<ActorKind>().notNull(),
    actorName: text('actor_name').notNull(),
    actorId: text('actor_id'),
    /** What the person wrote, or what was noted by hand. */
    note: text('note'),
    /** The account that was written to, and the message. */
    accountId: uuid('account_id'),
    messageId: uuid('message_id'),
    /** The one message that may still go to them. */
    confirmationId: uuid('confirmation_id'),
    liftedAt: instant('lifted_at'),
    liftedSource: text('lifted_source').$type<OptInSource>(),
    liftedActorKind: text('lifted_actor_kind').$type<ActorKind>(),
    liftedActorName: text('lifted_actor_name'),
    liftedActorId: text('lifted_actor_id'),
    liftedNote: text('lifted_note'),
  },
  (t) => [
    uniqueIndex('mkt_wap_opt_outs_standing')
      .on(t.personId)
      .where(sql`${t.liftedAt} is null`),
    index('mkt_wap_opt_outs_person').on(t.personId),
    index('mkt_wap_opt_outs_list').on(t.network, t.since, t.id),
  ],
);
