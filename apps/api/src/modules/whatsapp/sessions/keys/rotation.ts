/**
 * Puts a new key in the place of the one that seals, while everything runs.
 *
 * 1. The new key is made (or found beside the old one) and is *coming*: on the disk, and every process that has the vault open
 *    says that it can open with it.
 * 2. It is *sealing*, and the old one *leaving*, in one statement. Each process seals with the new one from its next look at
 *    the keys, and says so when all that it sealed before is durable. One that is silent is waited for until it has been
 *    silent for longer than a lease: then nothing that it may still write is taken.
 * 3. Everything that the old key sealed is sealed anew, in steps, until there is nothing left.
 * 4. The old key is *retired*: in the same transaction nothing that opens is found under it. Then it leaves the file, and lies
 *    beside it under a name that says so.
 *
 * Where it stands is in the rows and the file alone. Killed at any point it goes on there when it is run again.
 */
import type { Clock } from '../../../../clock/clock.js';
import type { Sql, Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';
import type { Notifier } from '../../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { sealCheck, usable } from '../vault.opening.js';
import { headOf, keyIdOf, Vault } from '../vault.js';
import { addKey, type KeySource, putKeyAside, readVaultKeys } from './key.file.js';
import {
  insertVaultKey,
  type KeyReader,
  liveReaders,
  setKeyState,
  type VaultKeyRow,
  vaultKeyRows,
  withVaultKeys,
} from './key.repository.js';
import { countSealedBy, SEALED_COLUMNS } from './reseal.repository.js';
import { resealAll, type ResealProgress } from './reseal.js';

/** What a person reads while it runs. */
export type RotationStep =
  | { step: 'coming'; keyId: string }
  /** These processes do not have the key yet, or have not said so. */
  | { step: 'waiting'; keyId: string; for: string[] }
  | { step: 'sealing'; keyId: string }
  | ({ step: 'resealed' } & ResealProgress)
  | { step: 'retired'; keyId: string; broken: number };

export interface RotationParts {
  store: Store;
  source: KeySource;
  notifier: Notifier;
  clock: Clock;
  tell(step: RotationStep): void;
}

/** The keys of the environment are a person's to change; the message says how. */
export class NewKeyNeeded extends Error {
  override name = 'NewKeyNeeded';
}

const LOOK_MS = 500;

/** Answers the id of the key that seals now. Run it again after whatever stopped it. */
export async function rotateKey(parts: RotationParts): Promise<string> {
  const { store, source } = parts;
  const begun = await vaultKeyRows(store.pool);
  // It was stopped between the last two steps: nothing more is to be done.
  if (!inProgress(begun) && source.keys === undefined && putRetiredAside(source, begun)) return sealingOf(begun);
  const next = await comingKey(parts);
  if (next !== undefined) {
    await everyReader(parts, next, ({ keyIds }) => keyIds.includes(next));
    await transact(store.pool, async (sql) => {
      await setKeyState(sql, 'sealing', 'leaving');
      await setKeyState(sql, 'coming', 'sealing');
      // Its file is to be saved anew: pages ask for it from here on.
      await appendEvents(sql, [newEvent('system.key', null, { keyId: next, savedBy: null }, parts.clock.now())]);
    });
    parts.notifier.wake('unnumbered');
  }
  const rows = await vaultKeyRows(store.pool);
  await finish(parts, rows);
  return sealingOf(rows);
}

const inProgress = (rows: readonly VaultKeyRow[]): boolean =>
  rows.some(({ state }) => state === 'coming' || state === 'leaving');
const sealingOf = (rows: readonly VaultKeyRow[]): string => rows.find(({ state }) => state === 'sealing')!.keyId;

/** The key that is to seal next; undefined when that was switched already and only the rest is left. */
async function comingKey({ store, source, clock, notifier, tell }: RotationParts): Promise<string | undefined> {
  const keyId = await withVaultKeys(store, async (sql, rows) => {
    const there = rows.find(({ state }) => state === 'coming' || state === 'leaving');
    if (there) return there.state === 'coming' ? there.keyId : undefined;
    const key =
      readVaultKeys(source).find((each) => !rows.some((row) => row.keyId === keyIdOf(each))) ?? newKey(source);
    await insertVaultKey(sql, { keyId: keyIdOf(key), check: sealCheck(key), state: 'coming' }, clock.now());
    return keyIdOf(key);
  });
  if (keyId !== undefined) tell({ step: 'coming', keyId });
  notifier.wake('vault');
  return keyId;
}

function newKey(source: KeySource): Buffer {
  if (source.keys === undefined) return addKey(source);
  throw new NewKeyNeeded(
    'The key comes from TRUNKLINE_VAULT_KEY, which only you can change. Make another (openssl rand -hex 32), set ' +
      'TRUNKLINE_VAULT_KEY=old,new for the product on every machine, restart it, and run this again with the same ' +
      'setting. Nothing was changed.',
  );
}

/** Resolves when every process that is heard of does so. */
async function everyReader(
  { store, clock, tell, notifier }: RotationParts,
  keyId: string,
  done: (reader: KeyReader) => boolean,
): Promise<void> {
  let told = '';
  for (;;) {
    const late = (await liveReaders(store.pool)).filter((reader) => !done(reader)).map(({ name }) => name);
    if (late.length === 0) return;
    if (late.join() !== told) tell({ step: 'waiting', keyId, for: late });
    told = late.join();
    notifier.wake('vault');
    await new Promise<void>((resolve) => clock.setTimeout(resolve, LOOK_MS));
  }
}

async function finish(parts: RotationParts, rows: readonly VaultKeyRow[]): Promise<void> {
  const { store, source, notifier, tell } = parts;
  const leaving = rows.find(({ state }) => state === 'leaving');
  if (!leaving) return;
  const sealing = sealingOf(rows);
  tell({ step: 'sealing', keyId: sealing });
  notifier.wake('vault');
  const isNew = (reader: KeyReader) => reader.keyId === sealing;
  const keys = usable(readVaultKeys(source), rows);
  const vault = new Vault(...(keys as [Buffer, ...Buffer[]]));
  if (!vault.adopt(keys, sealing)) throw new NewKeyNeeded(`The key ${sealing} is not here. Nothing was changed.`);
  let broken: number;
  do {
    await everyReader(parts, sealing, isNew);
    broken = await resealAll(store, vault, leaving.keyId, (progress) => tell({ step: 'resealed', ...progress }));
  } while (!(await retire(parts, leaving.keyId, broken, isNew)));
  putRetiredAside(source, await vaultKeyRows(store.pool));
  notifier.wake('vault');
  tell({ step: 'retired', keyId: leaving.keyId, broken });
}

class NotYet extends Error {}

/**
 * False when more than what is broken is sealed by it still, or somebody seals with it: nothing was changed then. Who writes
 * without a lease holds the row of the key (`holdVaultKey`), and is waited for by this statement.
 */
async function retire(
  { store }: RotationParts,
  keyId: string,
  broken: number,
  isNew: (reader: KeyReader) => boolean,
): Promise<boolean> {
  try {
    await transact(store.pool, async (sql) => {
      await setKeyState(sql, 'leaving', 'retired');
      const left = await countAll(sql, headOf(keyId));
      if (left > broken || !(await liveReaders(sql)).every(isNew)) throw new NotYet();
    });
    return true;
  } catch (error) {
    if (error instanceof NotYet) return false;
    throw error;
  }
}

async function countAll(sql: Sql, head: Buffer): Promise<number> {
  let n = 0;
  for (const column of SEALED_COLUMNS) n += await countSealedBy(sql, column, head);
  return n;
}

/** True when there was one in the file. */
function putRetiredAside(source: KeySource, rows: readonly VaultKeyRow[]): boolean {
  if (source.keys !== undefined) return false;
  const here = readVaultKeys(source).map(keyIdOf);
  const retired = rows.filter(({ keyId, state }) => state === 'retired' && here.includes(keyId));
  for (const { keyId } of retired) putKeyAside(source, keyId);
  return retired.length > 0;
}
