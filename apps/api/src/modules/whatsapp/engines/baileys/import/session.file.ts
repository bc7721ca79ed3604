/**
 * The names that Baileys' `useMultiFileAuthState` gives its files: `creds.json`, and for each key `<kind>-<id>.json` with
 * `/` spelled `__` and `:` spelled `-`. The spelling cannot be undone in general; it can for the kinds that are taken, whose
 * ids have no `_`, `-` or `:` of their own where they have a `/`.
 */
import type { RecordKind } from '../../../sessions/journal.js';

export const CREDS_FILE = 'creds.json';

/** Kinds that are taken over. */
const TAKEN = [
  'pre-key',
  'app-state-sync-key',
  'app-state-sync-version',
  'lid-mapping',
  'tctoken',
  'identity-key',
] as const satisfies RecordKind[];
export type TakenKind = (typeof TAKEN)[number];

const FILE = new RegExp(`^(${TAKEN.join('|')})-(.+)\\.json$`);

export interface KeyFile {
  kind: TakenKind;
  id: string;
}

/** Undefined when it is none, or of a kind that is not taken over. */
export function readKeyFileName(name: string): KeyFile | undefined {
  const [, kind, spelled] = FILE.exec(name) ?? [];
  if (!kind || !spelled) return undefined;
  // Base64; the other kinds are named by users and JIDs, which have no slash.
  const id = kind === 'app-state-sync-key' ? spelled.replaceAll('__', '/') : spelled;
  return { kind: kind as TakenKind, id };
}

/** Whether a file of this name is worth reading at all. */
export const isSessionFile = (name: string): boolean => name === CREDS_FILE || readKeyFileName(name) !== undefined;
