import { describe, expect, it } from 'vitest';
import type { ChatAct } from '../../chats/chat.act.js';
import type { ChatCapability, ChatFailureCode, ChatResult } from '../../engines/chats.js';
import type { PhoneDigits } from '../../jid.js';
import { doChatAct } from './chat.acts.js';

const chat = { phone: '9990001' as PhoneDigits, lid: null };
const end = { waId: 'A', fromMe: false, sender: chat, at: 1 };
const ACTS: ChatAct[] = [
  { type: 'mark', chat, mark: { archived: true }, end },
  { type: 'star', chat, message: end, starred: true },
  { type: 'block', person: chat, blocked: true },
  { type: 'timer', chat, seconds: 86_400 },
  { type: 'older', chat, before: end, count: 50 },
];

/** An engine that answers everything with one result, and notes what it was asked. */
function answering(result: ChatResult) {
  const asked: unknown[][] = [];
  const answer =
    (verb: string) =>
    async (...more: unknown[]): Promise<ChatResult> => {
      asked.push([verb, ...more]);
      return result;
    };
  const chats: ChatCapability = {
    mark: answer('mark'),
    star: answer('star'),
    block: answer('block'),
    setTimer: answer('timer'),
    older: answer('older'),
  };
  return { chats, asked };
}

describe('what is done with a chat', () => {
  it.each(ACTS)('is asked of the engine as it was meant: $type', async (act) => {
    const { chats, asked } = answering({ ok: true });
    await doChatAct(chats, act);
    const { type, ...more } = act;
    expect(asked).toEqual([[type, ...Object.values(more)]]);
  });

  it.each<[ChatFailureCode, string]>([
    ['not_connected', 'conflict'],
    ['timed_out', 'timed_out'],
    ['refused', 'conflict'],
    ['no_keys', 'conflict'],
    ['number_unknown', 'recipient_invalid'],
  ])('is said not to be done when the engine says %s', async (code, told) => {
    for (const act of ACTS) {
      const done = doChatAct(answering({ ok: false, code }).chats, act);
      await expect(done).rejects.toMatchObject({ code: told, message: expect.stringMatching(/\.$/) });
    }
  });

  it('cannot be done while the account is not connected', async () => {
    for (const act of ACTS) await expect(doChatAct(undefined, act)).rejects.toMatchObject({ code: 'conflict' });
  });
});
