import { afterEach, beforeEach } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from './worker.world.js';

/** A worker with a scripted engine, on a database of the spec: anew for each case, and its values are there in the cases. */
export function useWorld() {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  beforeEach(async () => ({ world, running } = await freshWorld(database)));
  afterEach(() => world.stop());
  return {
    database,
    get world() {
      return world;
    },
    get running() {
      return running;
    },
    /** Another worker took the place of the first. */
    set running(next: RunningWorker) {
      running = next;
    },
    read: (id: string) => world.accounts.read(ctx, id),
  };
}
