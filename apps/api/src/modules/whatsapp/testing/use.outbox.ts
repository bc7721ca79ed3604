import type { Message, MessageSend } from '@trunkline/contracts';
import { beforeEach, expect } from 'vitest';
import type { ScriptedSession } from './scripted.engine.js';
import { useWorld } from './use.world.js';
import { ctx } from './worker.world.js';

/** To whom a message goes unless the spec says otherwise. */
export const CLEO = '9991112223';

/** A linked account with its worker, whose engine is scripted: anew for each case, and its values are there in the cases. */
export function useOutbox() {
  const its = useWorld();
  let id: string;
  beforeEach(async () => (id = await its.world.link(its.running)));
  const read = (message: Pick<Message, 'id'>) => its.world.messages.read(ctx, message.id);
  const send = async (text: string, more: Partial<MessageSend> = {}): Promise<Message> =>
    (await its.world.messages.send(ctx, { accountId: id, to: `+${CLEO}`, text, ...more })).message;
  return {
    database: its.database,
    get world() {
      return its.world;
    },
    get running() {
      return its.running;
    },
    get id() {
      return id;
    },
    send,
    read,
    /** Nothing of what was accepted until now leaves over the session: the next that is sent is the first. */
    leavesNothing: async (session: ScriptedSession): Promise<void> => {
      const after = await send('after');
      await its.world.until(() => expect(session.frames).toContain(after.waId));
      expect(session.frames).toEqual([after.waId]);
    },
    inMs: (ms: number) => new Date(its.world.clock.now().getTime() + ms).toISOString(),
    status: (message: Pick<Message, 'id'>, expected: Message['status']) =>
      its.world.until(async () => expect((await read(message)).status).toBe(expected)),
    /** Readings of the queue that found something to send. The first is answered when `hold` is over. */
    readings: (hold: Promise<void> = Promise.resolve()) => {
      const { pool } = its.database;
      const { query } = pool;
      const found: string[][] = [];
      pool.query = async function (this: unknown, ...asked: [{ name?: string; values: number[][] }]) {
        const answer = await Reflect.apply(query, this, asked);
        const [{ name, values }] = asked;
        // One of each lane is only looked whether there is any.
        const isToSend = name === 'due-messages' && values[2]!.some((rows) => rows > 1);
        if (!isToSend || answer.rows.length === 0) return answer;
        if (found.push(answer.rows.map(({ id }: { id: string }) => id)) === 1) await hold;
        return answer;
      } as typeof query;
      return { found, end: () => void (pool.query = query) };
    },
    live: () => its.world.session(its.running, id),
    reconnected: (old: ScriptedSession): Promise<ScriptedSession> =>
      its.world.until(() => {
        const session = its.running.engine.live(id);
        expect(session && session !== old).toBe(true);
        return session!;
      }),
  };
}
