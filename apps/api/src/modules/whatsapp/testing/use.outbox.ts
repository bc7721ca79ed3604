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
    send: async (text: string, more: Partial<MessageSend> = {}): Promise<Message> =>
      (await its.world.messages.send(ctx, { accountId: id, to: `+${CLEO}`, text, ...more })).message,
    read,
    inMs: (ms: number) => new Date(its.world.clock.now().getTime() + ms).toISOString(),
    status: (message: Pick<Message, 'id'>, expected: Message['status']) =>
      its.world.until(async () => expect((await read(message)).status).toBe(expected)),
    live: () => its.world.session(its.running, id),
    reconnected: (old: ScriptedSession): Promise<ScriptedSession> =>
      its.world.until(() => {
        const session = its.running.engine.live(id);
        expect(session && session !== old).toBe(true);
        return session!;
      }),
  };
}
