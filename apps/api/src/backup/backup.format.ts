/**
 * What is inside a backup, after decryption and gunzip: lines of text. A head; for each table one line that names it and its
 * columns, its rows in PostgreSQL's COPY text format (where a row is one line, and no row is `\.`), the line `\.` and a line
 * that counts and hashes them; at last one that counts the tables. What lacks the last line was cut off.
 */
import { createHash } from 'node:crypto';

export const FORMAT = 1;

export interface BackupHead {
  trunkline: 'backup';
  format: number;
  /** Of the program that made it. */
  version: string;
  createdAt: string;
  /** Hashes of the migrations that the database had, oldest first. */
  migrations: string[];
  /** Names the key that seals the sessions; `key` is the key itself, in hex, where it was taken along. */
  keyId: string;
  key: string | null;
  /** While the key was rotated: the other one that something is sealed with. */
  others?: { keyId: string; key: string | null }[];
  /** Last values of sequences, by name. */
  sequences: Record<string, number>;
}

export interface BackupTable {
  table: string;
  columns: string[];
}

export interface TableSum {
  rows: number;
  /** Hex, of the rows as they stand. */
  sha256: string;
}

export type Section =
  | { type: 'head'; head: BackupHead }
  | { type: 'table'; table: BackupTable }
  /** Whole rows of the table that was named last. */
  | { type: 'rows'; bytes: Buffer }
  | { type: 'table-end' }
  | { type: 'end'; tables: number };

/** The file is no backup, or is not whole; the message says what is wrong with it. */
export class BackupBroken extends Error {
  override name = 'BackupBroken';
}

const END_OF_ROWS = '\\.';
const NEWLINE = 0x0a;

export const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);
export const endOfRows = Buffer.from(`${END_OF_ROWS}\n`);

/** Counts and hashes rows as they pass. */
export class RowSum {
  #rows = 0;
  readonly #hash = createHash('sha256');

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) this.#rows += 1;
  }

  get value(): TableSum {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

/** Reads a backup from its plain bytes, and holds each table to its sum. Throws `BackupBroken`. */
export async function* readSections(source: AsyncIterable<Buffer>): AsyncGenerator<Section> {
  let [tables, sum]: [number, RowSum | undefined] = [0, undefined];
  let expected: 'head' | 'table' | 'rows' | 'sum' | 'nothing' = 'head';
  for await (const block of blocks(source)) {
    let rest = block;
    while (rest.length > 0) {
      if (expected === 'rows') {
        const end = endOf(rest);
        const rows = end === undefined ? rest : rest.subarray(0, end);
        if (rows.length > 0) {
          sum!.add(rows);
          yield { type: 'rows', bytes: rows };
        }
        rest = end === undefined ? Buffer.alloc(0) : rest.subarray(end + endOfRows.length);
        if (end !== undefined) expected = 'sum';
        continue;
      }
      const length = rest.indexOf(NEWLINE) + 1;
      const told = parse(rest.subarray(0, length));
      rest = rest.subarray(length);
      if (expected === 'head') {
        yield { type: 'head', head: headOf(told) };
        expected = 'table';
      } else if (expected === 'sum') {
        const { rows, sha256 } = sum!.value;
        if (told.rows !== rows || told.sha256 !== sha256)
          throw new BackupBroken('Its rows are not those that were saved.');
        yield { type: 'table-end' };
        expected = 'table';
      } else if (expected === 'table' && typeof told.tables === 'number') {
        if (told.tables !== tables) throw new BackupBroken('It lacks tables.');
        yield { type: 'end', tables };
        expected = 'nothing';
      } else if (expected === 'table') {
        [tables, sum] = [tables + 1, new RowSum()];
        yield { type: 'table', table: told as unknown as BackupTable };
        expected = 'rows';
      } else throw new BackupBroken('Something follows its end.');
    }
  }
  if (expected !== 'nothing') throw new BackupBroken('It ends too early: the file was cut off.');
}

/** Where the line that ends the rows begins; undefined when it is not in these whole lines. */
function endOf(lines: Buffer): number | undefined {
  if (lines.subarray(0, endOfRows.length).equals(endOfRows)) return 0;
  const at = lines.indexOf(`\n${END_OF_ROWS}\n`);
  return at < 0 ? undefined : at + 1;
}

/** The same bytes, cut at ends of lines. */
async function* blocks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  for await (const chunk of source) {
    const cut = chunk.lastIndexOf(NEWLINE) + 1;
    if (cut === 0) {
      held.push(chunk);
      continue;
    }
    yield Buffer.concat([...held, chunk.subarray(0, cut)]);
    held = cut < chunk.length ? [chunk.subarray(cut)] : [];
  }
  if (held.length > 0) throw new BackupBroken('It ends too early: the file was cut off.');
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString()) as Record<string, unknown>;
  } catch {
    throw new BackupBroken('It is not a backup of Trunkline.');
  }
}

function headOf(told: Record<string, unknown>): BackupHead {
  if (told.trunkline !== 'backup') throw new BackupBroken('It is not a backup of Trunkline.');
  if (told.format !== FORMAT) throw new BackupBroken(`It was made by a newer version (format ${String(told.format)}).`);
  return told as unknown as BackupHead;
}
