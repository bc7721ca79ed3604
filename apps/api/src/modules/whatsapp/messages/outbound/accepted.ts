/** From what a caller asks to what is stored: our ids become WhatsApp's, addresses become people. */
import type { ContentOf, Mention, MessageContent, Network, SendContent, SendOf } from '@trunkline/contracts';
import { firstLink, hasMedia, MEDIA_KINDS } from '@trunkline/contracts';
import { ProblemError } from '../../../../errors/problem.js';
import type { Sql } from '../../../../database/database.js';
import type { Ctx } from '../../../auth/ctx.js';
import { e164 } from '../../jid.js';
import { withFile } from '../../media/accepted.media.js';
import { findForwarded, findTarget, type Target } from './intake.repository.js';
import { parseRecipient } from './recipient.js';

export interface Where {
  ctx: Ctx;
  /** The account. */
  id: string;
  chatId: string;
  now: Date;
  network: Network;
  /** For texts that do not say whether they want a preview of their link. */
  linkPreviews: boolean;
}

export interface Accepted {
  content: MessageContent;
  forwardingScore: number;
}

export async function accepted(sql: Sql, where: Where, send: SendContent): Promise<Accepted> {
  if (send.kind === 'forward') return forwarded(sql, where, send.messageId);
  return { content: await fresh(sql, where, send), forwardingScore: 0 };
}

async function fresh(sql: Sql, where: Where, send: Exclude<SendContent, { kind: 'forward' }>): Promise<MessageContent> {
  if ('messageId' in send) {
    const { messageId, ...change } = send;
    const target = await targetOf(sql, where, messageId);
    check(change.kind, target);
    return { ...change, targetWaId: target.waId };
  }
  if (hasMedia(send)) return withFile(sql, where, send);
  return send.kind === 'text' ? textOf(where, send) : send;
}

function textOf(where: Where, { mentions, linkPreview, ...text }: SendOf<'text'>): ContentOf<'text'> {
  const wanted = (linkPreview ?? where.linkPreviews) && firstLink(text.text) !== undefined;
  return {
    ...text,
    ...(mentions ? { mentions: mentions.map((mention) => mentionOf(mention, where.network)) } : {}),
    ...(wanted ? { preview: null } : {}),
  };
}

/** Only what is read here and could be written anew: a call, a poll that is over, a deleted message is none of it. */
const FORWARDED: string[] = ['text', 'location', 'contacts', 'poll', 'event', ...MEDIA_KINDS];

async function forwarded(sql: Sql, where: Where, messageId: string): Promise<Accepted> {
  const source = await findForwarded(sql, where.ctx, where.id, messageId);
  if (!source) throw notThere('The message to forward is not one of this account.');
  const { content, forwardingScore, viewOnce } = source;
  if (viewOnce) throw wrong('What may be seen once cannot be forwarded.');
  if (!FORWARDED.includes(content.kind)) throw wrong('A message of this kind cannot be forwarded.');
  const sent = hasMedia(content) ? await withFile(sql, where, content) : content;
  return { content: sent, forwardingScore: forwardingScore + 1 };
}

const notThere = (message: string): ProblemError =>
  new ProblemError('not_found', message, [{ field: 'content.messageId', message }]);

async function targetOf(sql: Sql, { ctx, chatId }: Where, messageId: string): Promise<Target> {
  const target = await findTarget(sql, ctx, chatId, messageId);
  if (target) return target;
  throw notThere('The message it concerns is not in this chat.');
}

/** What WhatsApp would take and nobody would see. */
function check(kind: SendContent['kind'], target: Target): void {
  if (kind === 'edit' && (target.direction !== 'out' || !(target.kind === 'text' || target.captioned)))
    throw wrong('Only a text or a caption that this account wrote can be edited.');
  if (kind === 'vote' && target.kind !== 'poll') throw wrong('A vote needs a poll.');
  if (kind === 'answer' && target.kind !== 'event') throw wrong('An answer needs an event.');
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

/** One that is made from another brings its file along, which has to be at WhatsApp once more. */
export async function acceptedAgain(sql: Sql, where: Where, says: Accepted): Promise<Accepted> {
  return hasMedia(says.content) ? { ...says, content: await withFile(sql, where, says.content) } : says;
}
