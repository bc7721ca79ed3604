import { createHash } from 'node:crypto';
import {
  contentOf,
  isChange,
  type Message,
  type messageListQuery,
  type MessageSend,
  type Page,
} from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import { refuseOptedOut } from '../../governor/opt-outs/refuse.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { advanceChats, chatKey, lockChats, resolveChats } from '../chats/chat.repository.js';
import { personKey, resolvePeople } from '../contacts/people.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { ensureGroups } from '../groups/group.writer.js';
import { findMessage, listMessages } from './message.repository.js';
import { announceUpdated, targetOf } from './message.updated.js';
import { accepted } from './outbound/accepted.js';
import * as outbound from './outbound/outbound.repository.js';
import { parseRecipient } from './outbound/recipient.js';

export interface Sent {
  message: Message;
  /** True when the idempotency key was known: this is the message it stands for. */
  replayed: boolean;
}

/** Accepts messages for sending and reads them. What is accepted is a committed row; the account's owner sends it. */
export class MessageService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
  ) {}

  async send(ctx: Ctx, input: MessageSend, idempotencyKey?: string): Promise<Sent> {
    const sent = await transact(this.store.pool, (sql) => this.#accept(sql, ctx, input, idempotencyKey));
    if (!sent.replayed) {
      this.notifier.wake('outbox', input.accountId);
      this.notifier.wake('unnumbered');
    }
    return sent;
  }

  list(ctx: Ctx, query: z.infer<typeof messageListQuery>): Promise<Page<Message>> {
    return listMessages(this.store.pool, ctx, query);
  }

  async read(ctx: Ctx, id: string): Promise<Message> {
    const message = await findMessage(this.store.pool, ctx, id);
    if (!message) throw new ProblemError('not_found', 'There is no such message.');
    return message;
  }

  async #accept(sql: Sql, ctx: Ctx, input: MessageSend, idempotencyKey: string | undefined): Promise<Sent> {
    const now = this.clock.now();
    const account = await sendingAccount(sql, ctx, input.accountId);
    const id = uuid();
    if (idempotencyKey !== undefined) {
      const known = await outbound.takeIdempotencyKey(sql, keyOf(ctx, input, idempotencyKey), id, now);
      if (known) return { message: await replay(sql, ctx, input, known), replayed: true };
    }
    const chatId = await chatFor(sql, account, input, now);
    await lockChats(sql, [chatId]);
    await refuseOptedOut(sql, chatId);
    const { content, forwardingScore } = await accepted(sql, { ...account, chatId }, contentOf(input));
    const quotedWaId = input.quotedMessageId ? await quoted(sql, chatId, input.quotedMessageId) : null;
    const queuedReason = account.connected ? null : 'offline';
    const row = {
      id,
      accountId: account.id,
      chatId,
      content,
      forwardingScore,
      quotedWaId,
      queuedReason,
      lane: input.lane ?? 'direct',
      now,
    } as const;
    const message = await outbound.insertOutbound(sql, row);
    await advanceChats(sql, [
      {
        chatId,
        lastMessageId: isChange(content) ? null : id,
        at: now,
        unread: 0,
        quiet: false,
        heardAt: null,
        knownSince: null,
      },
    ]);
    await appendEvents(sql, [newEvent('message.created', account.id, { message }, now)]);
    await announceUpdated(sql, targetOf({ chat_id: chatId, content }), now);
    return { message, replayed: false };
  }
}

async function sendingAccount(sql: Sql, ctx: Ctx, id: string): Promise<outbound.SendingAccount> {
  const account = await outbound.findSendingAccount(sql, ctx, id);
  if (!account)
    throw new ProblemError('not_found', 'There is no such account.', [field('accountId', 'Not an account.')]);
  if (!account.linked) {
    throw new ProblemError('account_not_linked', 'The account is not linked to a phone yet: link it, then send.');
  }
  return account;
}

async function chatFor(sql: Sql, account: outbound.SendingAccount, input: MessageSend, now: Date): Promise<string> {
  if (input.chatId !== undefined) {
    if (await outbound.findAccountChat(sql, account.id, input.chatId)) return input.chatId;
    throw new ProblemError('not_found', 'The account has no such chat.', [
      field('chatId', 'Not a chat of this account.'),
    ]);
  }
  const partner = await partnerFor(sql, account, input.to!, now);
  const chats = await resolveChats(sql, [{ accountId: account.id, network: account.network, partner }], now);
  return chats.get(chatKey(account.id, partner))!;
}

async function partnerFor(sql: Sql, account: outbound.SendingAccount, to: string, now: Date) {
  const recipient = parseRecipient(to, account.network);
  if (typeof recipient === 'string') {
    const groups = await ensureGroups(sql, account.network, [recipient], now);
    return { personId: null, groupId: groups.get(recipient)! };
  }
  const { ids } = await resolvePeople(sql, account.network, [recipient], now);
  return { personId: ids.get(personKey(recipient))!, groupId: null };
}

async function quoted(sql: Sql, chatId: string, messageId: string): Promise<string> {
  const waId = await outbound.findQuoted(sql, chatId, messageId);
  if (waId) return waId;
  throw new ProblemError('not_found', 'The quoted message is not in this chat.', [
    field('quotedMessageId', 'Not a message of this chat.'),
  ]);
}

async function replay(
  sql: Sql,
  ctx: Ctx,
  input: MessageSend,
  known: { messageId: string; bodyHash: string },
): Promise<Message> {
  if (known.bodyHash !== hashOf(input)) {
    throw new ProblemError(
      'idempotency_conflict',
      'This Idempotency-Key was used for another request: take a new key for a new message.',
      [field('Idempotency-Key', 'Used before with another body.')],
    );
  }
  const message = await findMessage(sql, ctx, known.messageId);
  if (!message) throw new ProblemError('not_found', 'The message of this Idempotency-Key was deleted.');
  return message;
}

function keyOf(ctx: Ctx, input: MessageSend, key: string): outbound.IdempotencyKey {
  return { scope: `${ctx.actor.kind}:${ctx.actor.id}`, accountId: input.accountId, key, bodyHash: hashOf(input) };
}

/** Of what the request means: the same fields in another order are the same request. */
function hashOf(input: MessageSend): string {
  const fields = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

const field = (name: string, message: string) => ({ field: name, message });
