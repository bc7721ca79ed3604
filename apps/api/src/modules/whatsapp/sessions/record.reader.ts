import type { Sql } from '../../../database/database.js';
import type { RecordKey, SealedRecord } from './record.repository.js';
import { readRecords } from './record.repository.js';

interface Request {
  keys: readonly RecordKey[];
  resolve(records: SealedRecord[]): void;
  reject(error: unknown): void;
}

/** Reads records for many accounts with one statement for all that was asked in the same turn of the event loop. */
export class RecordReader {
  #requests: Request[] = [];

  constructor(private readonly sql: Sql) {}

  /** All keys of one request are of one account. */
  read(keys: readonly RecordKey[]): Promise<SealedRecord[]> {
    return new Promise((resolve, reject) => {
      if (this.#requests.length === 0) setImmediate(() => void this.#flush());
      this.#requests.push({ keys, resolve, reject });
    });
  }

  async #flush(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    try {
      const found = await readRecords(this.sql, distinct(requests.flatMap(({ keys }) => keys)));
      const byKey = new Map(found.map((record) => [nameOf(record), record]));
      for (const { keys, resolve } of requests) {
        resolve(keys.map((key) => byKey.get(nameOf(key))).filter((record) => record !== undefined));
      }
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }
}

const nameOf = ({ accountId, kind, id }: RecordKey): string => `${accountId} ${kind} ${id}`;
const distinct = (keys: readonly RecordKey[]): RecordKey[] => [
  ...new Map(keys.map((key) => [nameOf(key), key])).values(),
];
