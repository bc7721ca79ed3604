/** Where sealed values lie, and the statements that seal them anew in bounded steps. A spec holds the list to the schema. */
import type { Sql } from '../../../../database/database.js';
import type { SealPlace } from '../vault.js';

/** A column of sealed values, and how SQL spells the place of each. */
export interface SealedColumn {
  table: string;
  column: string;
  /** Primary key, with types. */
  key: readonly (readonly [name: string, type: string])[];
  accountId: string;
  kind: string;
  id: string;
  /** In one step: bounded by what a value weighs. */
  batch: number;
  /** Each value is records that are sealed themselves. */
  nested?: true;
}

const ID = [['id', 'uuid']] as const;
const ACCOUNT = 'account_id::text';

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'mkt_wap_session_records',
    column: 'sealed',
    key: [
      ['account_id', 'uuid'],
      ['kind', 'text'],
      ['record_id', 'text'],
    ],
    accountId: ACCOUNT,
    kind: 'kind',
    id: 'record_id',
    batch: 500,
  },
  {
    table: 'mkt_wap_session_generations',
    column: 'sealed',
    key: ID,
    accountId: ACCOUNT,
    kind: `'generation'`,
    id: 'id::text',
    batch: 5,
    nested: true,
  },
  {
    table: 'mkt_wap_broken_records',
    column: 'sealed',
    key: ID,
    accountId: ACCOUNT,
    kind: 'kind',
    id: 'record_id',
    batch: 500,
  },
  {
    table: 'mkt_wap_parked_entries',
    column: 'sealed',
    key: ID,
    accountId: ACCOUNT,
    kind: `'parked'`,
    id: 'id::text',
    batch: 100,
  },
  {
    table: 'mkt_wap_secrets',
    column: 'sealed',
    key: ID,
    accountId: ACCOUNT,
    kind: `'secret:' || kind`,
    id: 'id::text',
    batch: 500,
  },
  {
    table: 'mkt_wap_proxies',
    column: 'sealed',
    key: ID,
    accountId: `'installation'`,
    kind: `'proxy'`,
    id: 'id::text',
    batch: 500,
  },
  {
    table: 'mkt_wap_media',
    column: 'reference',
    key: ID,
    accountId: ACCOUNT,
    kind: `'media'`,
    id: 'id::text',
    batch: 500,
  },
  {
    table: 'mkt_wap_media_uploads',
    column: 'reference',
    key: [
      ['media_id', 'uuid'],
      ['type', 'text'],
    ],
    accountId: ACCOUNT,
    kind: `'media'`,
    id: 'media_id::text',
    batch: 500,
  },
  {
    table: 'mkt_wap_messages',
    column: 'raw',
    key: ID,
    accountId: ACCOUNT,
    kind: `'message'`,
    id: 'wa_id',
    batch: 500,
  },
  {
    table: 'mkt_wap_posts',
    column: 'raw',
    key: ID,
    accountId: ACCOUNT,
    kind: `'message'`,
    id: 'wa_id',
    batch: 500,
  },
];

export interface SealedRow {
  key: string[];
  place: SealPlace;
  sealed: Buffer;
}

const HEAD_BYTES = 9;
const sealedBy = (column: string, parameter: string) => `substring(${column} from 1 for ${HEAD_BYTES}) = ${parameter}`;
const names = (column: SealedColumn): string => column.key.map(([name]) => name).join(', ');

/** How many values this key has sealed; `head` is what they begin with. */
export async function countSealedBy(sql: Sql, { table, column }: SealedColumn, head: Buffer): Promise<number> {
  const { rows } = await sql.query(`select count(*)::int as n from ${table} where ${sealedBy(column, '$1')}`, [head]);
  return rows[0].n;
}

/** The next that it sealed, after a key, in order of the key. */
export async function sealedRows(
  sql: Sql,
  column: SealedColumn,
  head: Buffer,
  after: readonly string[] | undefined,
): Promise<SealedRow[]> {
  const bound = column.key.map(([, type], i) => `$${i + 2}::${type}`).join(', ');
  const { rows } = await sql.query(
    `select array[${column.key.map(([name]) => `${name}::text`).join(', ')}] as key, ${column.column} as sealed,
       ${column.accountId} as "accountId", ${column.kind} as kind, ${column.id} as id
     from ${column.table} where ${sealedBy(column.column, '$1')}
       ${after ? `and (${names(column)}) > (${bound})` : ''}
     order by ${names(column)} limit ${column.batch}`,
    [head, ...(after ?? [])],
  );
  return rows.map(({ key, sealed, ...place }) => ({ key, sealed, place }));
}

export interface Resealed {
  key: readonly string[];
  before: Buffer;
  after: Buffer;
}

/**
 * Puts new seals in the place of old ones. What was written meanwhile, or is being written, is passed over: who writes now
 * seals with the new key, and waits for nothing of ours.
 */
export async function replaceSeals(sql: Sql, column: SealedColumn, rows: readonly Resealed[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = column.key.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ');
  const [before, after] = [`$${column.key.length + 1}`, `$${column.key.length + 2}`];
  const same = (one: string, other: string) =>
    column.key.map(([name]) => `${one}.${name} = ${other}.${name}`).join(' and ');
  await sql.query(
    `with n as (select * from unnest(${keys}, ${before}::bytea[], ${after}::bytea[]) as n (${names(column)}, before, after)),
     l as (
       select n.* from ${column.table} t join n on ${same('t', 'n')} and t.${column.column} = n.before
       for update of t skip locked
     )
     update ${column.table} t set ${column.column} = l.after from l where ${same('t', 'l')}`,
    [
      ...column.key.map((_, i) => rows.map(({ key }) => key[i])),
      rows.map((row) => row.before),
      rows.map((row) => row.after),
    ],
  );
}
