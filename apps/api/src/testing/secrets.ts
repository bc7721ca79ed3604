import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type pg from 'pg';
import { Vault } from '../modules/whatsapp/sessions/vault.js';
import { readHomeRecord } from '../processes/postgres/home-record.ts';

/** Something that opens a door, in each way in which it could lie about. */
export interface Secret {
  what: string;
  forms: string[];
  /** The phones of the sandbox know it by right: they were shown it. */
  shown: boolean;
}

const KEY_FILE = 'vault.key';
/** Shorter ones are found by chance. */
const LEAST = 8;

/** A text, also as the hex that a bytea prints. */
export function secretText(what: string, text: string, shown = false): Secret[] {
  return text.length < LEAST ? [] : [{ what, forms: [text, Buffer.from(text).toString('hex')], shown }];
}

function secretBytes(what: string, bytes: Buffer, shown: boolean): Secret[] {
  const spellings = ['base64url', 'hex', 'latin1'] as const;
  const forms = [bytes.toString('base64').replaceAll('=', ''), ...spellings.map((each) => bytes.toString(each))];
  // As JSON has a Buffer.
  return [{ what, forms: [...forms, [...bytes].join(',')], shown }];
}

/** The private keys of every account that is linked: they are in the database, sealed, and nowhere else. */
export async function secretsOfAccounts(client: pg.ClientBase, keys: readonly Buffer[]): Promise<Secret[]> {
  const vault = new Vault(...(keys as [Buffer, ...Buffer[]]));
  const { rows } = await client.query(
    `select account_id, record_id, sealed from mkt_wap_session_records where kind = 'creds'`,
  );
  return rows.flatMap(({ account_id: accountId, record_id: id, sealed }) =>
    privateParts(JSON.parse(vault.open({ accountId, kind: 'creds', id }, sealed).toString()), ''),
  );
}

/** Whatever is called private or secret in stored credentials. */
function privateParts(value: unknown, path: string): Secret[] {
  if (typeof value !== 'object' || value === null) {
    // The phone scans this one from the QR.
    const adv = typeof value === 'string' && path.endsWith('.advSecretKey');
    return adv ? secretBytes(path, Buffer.from(value, 'base64'), true) : [];
  }
  const { $bytes } = value as { $bytes?: unknown };
  if (typeof $bytes === 'string') {
    return /private/i.test(path) ? secretBytes(path, Buffer.from($bytes, 'base64'), false) : [];
  }
  return Object.entries(value).flatMap(([name, each]) => privateParts(each, `${path}.${name}`));
}

/** Of the environment, in base64 or hex, or of the file and those that it replaced; none when nothing was sealed yet. */
export function readVaultKeys(dataDir: string, given: string | undefined): Buffer[] {
  if (given) return given.split(',').map((key) => Buffer.from(key.trim(), key.trim().length === 64 ? 'hex' : 'base64'));
  const files = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith(KEY_FILE)) : [];
  const lines = files.flatMap((name) => readFileSync(join(dataDir, name), 'utf8').split(/\s+/));
  return lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'hex'));
}

export const secretKey = (key: Buffer): Secret[] => secretBytes('the vault key', key, false);

/** In every row of every table. Answers where what was found. */
export async function findInRows(client: pg.ClientBase, secrets: readonly Secret[]): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t`);
    for (const secret of secrets)
      if (rows.some(({ row }) => holds(row, secret))) found.push(`${secret.what} in ${name}`);
  }
  return found;
}

/** In every file of the data folder, log and database among them, wherever the database lies. */
export function findInFiles(dataDir: string, secrets: readonly Secret[]): string[] {
  const cluster = readHomeRecord(dataDir)?.cluster;
  const folders = [dataDir, ...(cluster && relative(dataDir, cluster).startsWith('..') ? [dirname(cluster)] : [])];
  return folders.flatMap(filesBelow).flatMap((path) => {
    if (path.startsWith(join(dataDir, KEY_FILE))) return [];
    const text = readFileSync(path, 'latin1');
    const unknown = path.startsWith(join(dataDir, 'sandbox')) ? secrets.filter(({ shown }) => !shown) : secrets;
    return unknown.filter((secret) => holds(text, secret)).map(({ what }) => `${what} in ${path}`);
  });
}

const holds = (text: string, { forms }: Secret): boolean => forms.some((form) => text.includes(form));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
