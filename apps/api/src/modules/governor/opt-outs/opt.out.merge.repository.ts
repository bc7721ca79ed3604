import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';

/**
 * Two rows turned out to be one person: if either wanted no messages, the person wants none. Where both stood on the list,
 * the older row goes on standing, with its confirmation; so there is one confirmation in all.
 */
export async function mergeOptOuts(sql: Sql, { from, into }: { from: string; into: string }, now: Date): Promise<void> {
  await sql.query(
    `update mkt_wap_opt_outs o set lifted_at = $3, lifted_source = 'merged', lifted_actor_kind = 'system',
       lifted_actor_name = 'merge'
     where o.person_id in ($1, $2) and o.lifted_at is null
       and exists (select from mkt_wap_opt_outs e
         where e.person_id in ($1, $2) and e.lifted_at is null and (e.since, e.id) < (o.since, o.id))`,
    [from, into, now],
  );
  await sql.query(`update mkt_wap_opt_outs set person_id = $2 where person_id = $1`, [from, into]);
}

/** Of these people's numbers, those that stand on the list now, whoever has them. */
export async function phonesOptedOut(
  sql: Sql,
  network: Network,
  people: readonly { phone: string | null }[],
): Promise<string[]> {
  const phones = people.flatMap(({ phone }) => (phone === null ? [] : [phone]));
  if (phones.length === 0) return [];
  const { rows } = await sql.query<{ phone: string }>(
    `select p.phone from mkt_wap_people p join mkt_wap_opt_outs o on o.person_id = p.id and o.lifted_at is null
     where p.network = $1 and p.phone = any($2)`,
    [network, phones],
  );
  return rows.map(({ phone }) => phone);
}

/** A number that stood on the list may have gone to another person: they are not written to either, until they say so. */
export async function carryOptOuts(sql: Sql, network: Network, phones: readonly string[], now: Date): Promise<void> {
  if (phones.length === 0) return;
  await sql.query(
    `insert into mkt_wap_opt_outs (id, network, person_id, since, source, actor_kind, actor_name)
     select gen_random_uuid(), p.network, p.id, $3, 'number_moved', 'system', 'number moved'
     from mkt_wap_people p where p.network = $1 and p.phone = any($2)
     on conflict (person_id) where lifted_at is null do nothing`,
    [network, phones, now],
  );
}
