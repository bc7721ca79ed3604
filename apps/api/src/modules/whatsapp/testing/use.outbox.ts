import type { Message, MessageSend } from '@trunkline/contracts';
import { afterEach, beforeEach, expect } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import type { ScriptedSession } from './scripted.engine.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from './worker.world.js';

/** To whom a message goes unless the spec says otherwise. */
export const CLEO = '9991112223';

/** A linked account with its worker, whose engine is scripted: anew for each case, and its values are there in the cases. */
export function useOutbox() {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let id: string;
  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    id = await world.link(running);
  });
  afterEach(() => world.stop());
  const read = (message: Pick<Message, 'id'>) => world.messages.read(ctx, message.id);
  return {
    database,
    get world() {
      return world;
    },
    get running() {
      return running;
    },
    get id() {
      return id;
    },
    send: async (text: string, more: Partial<MessageSend> = {}): Promise<Message> =>
      (await world.messages.send(ctx, { accountId: id, to: `+${CLEO}`, text, ...more })).message,
    read,
    inMs: (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString(),
    status: (message: Pick<Message, 'id'>, expected: Message['status']) =>
      world.until(async () => expect((await read(message)).status).toBe(expected)),
    live: () => world.session(running, id),
    reconnected: (old: ScriptedSession): Promise<ScriptedSession> =>
      world.until(() => {
        const session = running.engine.live(id);
        expect(session && session !== old).toBe(true);
        return session!;
      }),
  };
}
