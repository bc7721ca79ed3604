import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { claimRootHome } from './root-home.ts';
import { type HomeRecord, readHomeRecord, writeHomeRecord } from './home-record.ts';
import { chooseOwner, type Owner } from './owner.ts';
import { makeSocketFolder } from './socket-folder.ts';

/** Where root keeps what an unprivileged PostgreSQL must reach: into a data folder under a 0700 home it cannot. */
export const rootState = '/var/lib/trunkline';

/** Where the database of one data folder lives, and as whom it runs (undefined: as ourselves). */
export interface Home extends HomeRecord {
  owner: Owner | undefined;
}

/** Finds the home that the data folder records, or chooses one. Makes folders, but no cluster. */
export function openHome(dataFolder: string): Home {
  const asRoot = process.getuid?.() === 0;
  const record = readHomeRecord(dataFolder) ?? newRecord(dataFolder, asRoot);
  if (record.cluster.startsWith(rootState)) claimRootHome(dirname(record.cluster), record.id, dataFolder);
  const owner = asRoot ? ownerOf(record) : undefined;
  mkdirSync(dirname(record.cluster), { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  const socketFolder = makeSocketFolder(join(dirname(record.cluster), 'run'), record.id, owner);
  const home = { ...record, socketFolder };
  writeHomeRecord(dataFolder, home);
  return { ...home, owner };
}

function newRecord(dataFolder: string, asRoot: boolean): HomeRecord {
  const id = randomUUID();
  const folder = asRoot ? join(rootState, id) : join(dataFolder, 'postgres');
  return { id, cluster: join(folder, 'cluster'), socketFolder: '', initialised: false };
}

/** The files say whose they are: a data folder made by a person is served as that person when root starts it. */
function ownerOf(record: HomeRecord): Owner {
  const stat = statOf(record);
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : chooseOwner();
}

function statOf(record: HomeRecord) {
  try {
    return statSync(record.cluster);
  } catch (error) {
    if (!record.initialised && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(
      `The database of this data folder was at ${record.cluster} and cannot be reached there (${(error as Error).message}).`,
    );
  }
}
