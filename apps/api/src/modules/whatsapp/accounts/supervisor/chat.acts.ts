/** What people do with chats and messages besides writing, at WhatsApp; what comes of it is told by the engine's events. */
import { ProblemError } from '../../../../errors/problem.js';
import type { ChatAct } from '../../chats/chat.act.js';
import type { ChatCapability, ChatFailureCode, ChatResult } from '../../engines/chats.js';

/** Throws what the person is to be told. */
export async function doChatAct(chats: ChatCapability | undefined, act: ChatAct): Promise<void> {
  if (!chats) throw REFUSALS.not_connected();
  const result = await run(chats, act);
  if (!result.ok) throw REFUSALS[result.code]();
}

function run(chats: ChatCapability, act: ChatAct): Promise<ChatResult> {
  switch (act.type) {
    case 'mark':
      return chats.mark(act.chat, act.mark, act.end);
    case 'star':
      return chats.star(act.chat, act.message, act.starred);
    case 'block':
      return chats.block(act.person, act.blocked);
    case 'timer':
      return chats.setTimer(act.chat, act.seconds);
    case 'older':
      return chats.older(act.chat, act.before, act.count);
  }
}

const REFUSALS: Record<ChatFailureCode, () => ProblemError> = {
  not_connected: () => new ProblemError('conflict', 'The account is not connected.'),
  timed_out: () =>
    new ProblemError('timed_out', 'WhatsApp did not answer in time. Look whether it is done, then try again.'),
  refused: () => new ProblemError('conflict', 'WhatsApp refused it.'),
  no_keys: () =>
    new ProblemError('conflict', 'The phone has not shared its settings with this device yet. Try again in a moment.'),
  number_unknown: () => new ProblemError('recipient_invalid', 'The number of this person is not known.'),
};
