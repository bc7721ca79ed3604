import type { Sql } from '../database/database.js';
import type { BackupTable } from './backup.format.js';

/** Of the schema itself, or of processes that are gone when a backup is used. */
const LEFT_OUT = [
  'mkt_wap_migrations',
  'mkt_wap_workers',
  'mkt_wap_duties',
  'mkt_wap_commands',
  'mkt_wap_vault_readers',
];

/** Files of media, which are not saved. */
export async function filesLeftOut(sql: Sql): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql.query(
    `select count(*)::int as files, coalesce(sum(size), 0)::float8 as bytes from mkt_wap_media_files`,
  );
  return rows[0];
}

/** All tables that are saved, each after those that it refers to. */
export async function tablesInOrder(sql: Sql): Promise<BackupTable[]> {
  const { rows } = await sql.query<BackupTable & { needs: string[] }>(
    `select c.relname as table,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
         where f.conrelid = c.oid and f.contype = 'f' and r.oid <> c.oid) as needs
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
     order by c.relname`,
    [LEFT_OUT],
  );
  const [ordered, placed] = [[] as BackupTable[], new Set(LEFT_OUT)];
  while (ordered.length < rows.length) {
    const next = rows.filter(({ table, needs }) => !placed.has(table) && needs.every((need) => placed.has(need)));
    if (next.length === 0) throw new Error('tables refer to each other in a circle');
    for (const { table, columns } of next) {
      ordered.push({ table, columns });
      placed.add(table);
    }
  }
  return ordered;
}

/** What a sequence has given last, by name; those that gave nothing are not named. */
export async function sequenceValues(sql: Sql): Promise<Record<string, number>> {
  const { rows } = await sql.query(
    `select sequencename as name, last_value as value from pg_sequences where schemaname = 'public' and last_value is not null`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]));
}

export async function setSequences(sql: Sql, values: Record<string, number>): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await sql.query('select setval($1::regclass, $2)', [quote(name), value]);
}

/** Hashes of the migrations that were applied, oldest first; none when there is no schema. */
export async function appliedMigrations(sql: Sql): Promise<string[]> {
  const { rows: found } = await sql.query(`select to_regclass('public.mkt_wap_migrations') is not null as there`);
  if (!found[0].there) return [];
  const { rows } = await sql.query('select hash from mkt_wap_migrations order by created_at');
  return rows.map(({ hash }) => hash);
}

/** Migrations put rows of their own into these. */
const SEEDED = ['mkt_wap_migrations', 'mkt_wap_event_counter'];

/** The first table that holds something of people's; undefined when the database is empty. */
export async function firstFullTable(sql: Sql): Promise<string | undefined> {
  const { rows } = await sql.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
     and relname <> all($1) order by relname`,
    [SEEDED],
  );
  for (const { name } of rows) {
    const { rows: some } = await sql.query(`select exists (select from ${quote(name)}) as some`);
    if (some[0].some) return name;
  }
  return undefined;
}

/** Also of what migrations put in. */
export async function emptyTables(sql: Sql, tables: readonly BackupTable[]): Promise<void> {
  await sql.query(`truncate ${tables.map(({ table }) => quote(table)).join()} cascade`);
}

export const copyOut = ({ table, columns }: BackupTable): string =>
  `copy ${quote(table)} (${columns.map(quote).join()}) to stdout`;
export const copyIn = ({ table, columns }: BackupTable): string =>
  `copy ${quote(table)} (${columns.map(quote).join()}) from stdin`;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
