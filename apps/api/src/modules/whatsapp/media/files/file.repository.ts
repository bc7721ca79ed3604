import type { Sql } from '../../../../database/database.js';

const GRACE = `make_interval(hours => 1)`;

/** Waits while the same file is being removed. */
export async function noteFile(sql: Sql, file: { sha256: string; size: number }, now: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_media_files (sha256, size, put_at) values ($1, $2, $3)
     on conflict (sha256) do update set put_at = $3`,
    [file.sha256, file.size, now],
  );
}

const UNNAMED = `put_at < $1::timestamptz - ${GRACE}
  and not exists (select from mkt_wap_media m where m.sha256 = f.sha256)
  and not exists (select from mkt_wap_profiles p where p.sha256 = f.sha256)`;

export async function unnamedFiles(sql: Sql, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ sha256: string }>(
    `select sha256 from mkt_wap_media_files f where ${UNNAMED} limit 1000`,
    [now],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** False when it was named or put again meanwhile. The row stays locked until the transaction ends. */
export async function forgetFile(sql: Sql, sha256: string, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(`delete from mkt_wap_media_files f where sha256 = $2 and ${UNNAMED}`, [
    now,
    sha256,
  ]);
  return rowCount === 1;
}

/** Bytes of all files that a media names. */
export async function bytesKept(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ bytes: string }>(
    `select coalesce(sum(size), 0)::text as bytes from mkt_wap_media_files f
     where exists (select from mkt_wap_media m where m.sha256 = f.sha256)`,
  );
  return Number(rows[0]?.bytes ?? 0);
}
