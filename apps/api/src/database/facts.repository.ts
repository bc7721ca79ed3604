import type { Sql } from './database.js';

/** What the installation remembers of itself. `version`: of the program that ran last; `key-saved`: of which vault key, and who said so. */
export type Fact = 'version' | 'key-saved';

export async function readFact(sql: Sql, name: Fact): Promise<string | undefined> {
  const { rows } = await sql.query(`select value from mkt_wap_facts where name = $1`, [name]);
  return rows[0]?.value;
}

export async function readFactRow(sql: Sql, name: Fact): Promise<{ value: string; at: Date } | undefined> {
  const { rows } = await sql.query(`select value, at from mkt_wap_facts where name = $1`, [name]);
  return rows[0];
}

export async function writeFact(sql: Sql, name: Fact, value: string, now: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_facts (name, value, at) values ($1, $2, $3)
     on conflict (name) do update set value = excluded.value, at = excluded.at`,
    [name, value, now],
  );
}
