import type { Sql } from '../../../database/database.js';
import { Gathered } from '../../../database/gathered.js';
import type { RecordKey, SealedRecord } from './record.repository.js';
import { readRecords } from './record.repository.js';

/** Reads records for many accounts. */
export class RecordReader {
  readonly #records: Gathered<readonly RecordKey[], SealedRecord[]>;

  constructor(sql: Sql) {
    this.#records = new Gathered(async (asked) => {
      const found = await readRecords(sql, distinct(asked.flat()));
      const byKey = new Map(found.map((record) => [nameOf(record), record]));
      return asked.map((keys) => keys.flatMap((key) => byKey.get(nameOf(key)) ?? []));
    });
  }

  /** All keys of one request are of one account. */
  read(keys: readonly RecordKey[]): Promise<SealedRecord[]> {
    return this.#records.ask(keys);
  }
}

const nameOf = ({ accountId, kind, id }: RecordKey): string => `${accountId} ${kind} ${id}`;
const distinct = (keys: readonly RecordKey[]): RecordKey[] => [
  ...new Map(keys.map((key) => [nameOf(key), key])).values(),
];
