import type { Store } from '../../../../database/database.js';
import { packRecords, renewRecords, unpackRecords } from '../generation.js';
import { headOf, SealBrokenError, type Vault } from '../vault.js';
import {
  countSealedBy,
  replaceSeals,
  SEALED_COLUMNS,
  type SealedColumn,
  sealedRows,
  type SealedRow,
} from './reseal.repository.js';

export interface ResealProgress {
  table: string;
  done: number;
  of: number;
}

/**
 * Goes once through everything that a key has sealed, and seals it with the one that seals now: step by step, each a
 * statement of its own, so that it can be ended anywhere and begun again. Answers how many values were left because they
 * do not open: they are as broken as they were.
 */
export async function resealAll(
  store: Store,
  vault: Vault,
  keyId: string,
  tell: (progress: ResealProgress) => void,
): Promise<number> {
  let broken = 0;
  for (const column of SEALED_COLUMNS) broken += await resealColumn(store, vault, column, headOf(keyId), tell);
  return broken;
}

async function resealColumn(
  { pool }: Store,
  vault: Vault,
  column: SealedColumn,
  head: Buffer,
  tell: (progress: ResealProgress) => void,
): Promise<number> {
  const of = await countSealedBy(pool, column, head);
  let [done, broken] = [0, 0];
  let after: string[] | undefined;
  while (of > 0) {
    const rows = await sealedRows(pool, column, head, after);
    if (rows.length === 0) break;
    const renewed = rows.flatMap((row) => {
      const sealed = renew(vault, column, row);
      return sealed ? [{ key: row.key, before: row.sealed, after: sealed }] : [];
    });
    await replaceSeals(pool, column, renewed);
    [done, broken, after] = [done + rows.length, broken + rows.length - renewed.length, rows.at(-1)!.key];
    tell({ table: column.table, done, of: Math.max(of, done) });
  }
  return broken;
}

/** Undefined when it does not open. */
function renew(vault: Vault, { nested }: SealedColumn, { place, sealed }: SealedRow): Buffer | undefined {
  try {
    if (!nested) return vault.renew(place, sealed);
    const records = unpackRecords(place.accountId, vault.open(place, sealed));
    return vault.seal(place, packRecords(renewRecords(vault, records)));
  } catch (error) {
    if (error instanceof SealBrokenError || error instanceof RangeError) return undefined;
    throw error;
  }
}
