/** From what a caller asks to what is stored: our ids become WhatsApp's, addresses become people. */
import type { Mention, MessageContent, Network, SendContent } from '@trunkline/contracts';
import { ProblemError } from '../../../../errors/problem.js';
import type { Sql } from '../../../../database/database.js';
import { e164 } from '../../jid.js';
import { findTarget, type Target } from './outbound.repository.js';
import { parseRecipient } from './recipient.js';

export interface Where {
  chatId: string;
  network: Network;
}

export async function accepted(sql: Sql, where: Where, send: SendContent): Promise<MessageContent> {
  if ('messageId' in send) {
    const { messageId, ...change } = send;
    const target = await targetOf(sql, where, messageId);
    check(change.kind, target);
    return { ...change, targetWaId: target.waId };
  }
  if (send.kind !== 'text' || !send.mentions) return send as MessageContent;
  return { ...send, mentions: send.mentions.map((mention) => mentionOf(mention, where.network)) };
}

async function targetOf(sql: Sql, { chatId }: Where, messageId: string): Promise<Target> {
  const target = await findTarget(sql, chatId, messageId);
  if (target) return target;
  throw new ProblemError('not_found', 'The message it concerns is not in this chat.', [
    { field: 'content.messageId', message: 'Not a message of this chat.' },
  ]);
}

/** What WhatsApp would take and nobody would see. */
function check(kind: SendContent['kind'], target: Target): void {
  if (kind === 'edit' && (target.direction !== 'out' || target.kind !== 'text'))
    throw wrong('Only a text that this account wrote can be edited.');
  if (kind === 'vote' && target.kind !== 'poll') throw wrong('A vote needs a poll.');
}

const wrong = (message: string): ProblemError =>
  new ProblemError('validation_failed', message, [{ field: 'content.messageId', message }]);

function mentionOf(address: string, network: Network): Mention {
  const person = parseRecipient(address, network);
  if (typeof person === 'string') {
    const message = 'A group cannot be mentioned: give phone numbers or LIDs.';
    throw new ProblemError('recipient_invalid', message, [{ field: 'content.mentions', message }]);
  }
  return { phoneNumber: person.phone && e164(person.phone), lid: person.lid };
}
