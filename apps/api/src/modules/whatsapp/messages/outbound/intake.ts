/**
 * Accepts messages: one, or a thousand of many accounts, in one transaction and a fixed number of statements. Each has its
 * own fate: a new row, the message that its key stands for already, or a refusal; one that is refused stops no other.
 *
 * 1. Keys that are known answer at once, whatever became of the account since.
 * 2. What can be judged by reading is judged: account, address, chat.
 * 3. The other keys are taken, in one order for everybody. A key that another request has in flight is waited for here, so
 *    nothing that others wait for may be held before it.
 * 4. People, groups and chats are found or made; a key whose draft is refused only now is given back.
 * 5. Rows and events are written in the order of the request.
 */
import { isChange, type Message } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../../database/database.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import { refusalsOf } from '../../../governor/opt-outs/refuse.js';
import { advanceChats, lockChats } from '../../chats/chat.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { findMessages } from '../message.repository.js';
import { announceUpdated, targetOf } from '../message.updated.js';
import { type Accepted, accepted, acceptedAgain } from './accepted.js';
import { placeDrafts } from './drafts.placed.js';
import type { Order } from './draft.js';
import * as keys from './idempotency.repository.js';
import { findQuotedMessages, findSendingAccounts, insertOutbound, type SendingAccount } from './intake.repository.js';
import { parseRecipient } from './recipient.js';

/** What became of an order. */
export type Fate = { message: Message; replayed: boolean } | ProblemError;

export interface IntakeStart {
  ctx: Ctx;
  now: Date;
  batchId: string | null;
  /** How many more messages the queue of an account takes. */
  room(accountId: string): number;
}

interface Slot {
  order: Order;
  id: string;
  fate?: Fate;
  /** The slot earlier in the same call that has the same key. */
  twin?: Slot;
  hasKey?: boolean;
  account?: SendingAccount;
  chatId?: string;
  quotedWaId?: string | null;
  says?: Accepted;
}

export async function acceptOrders(sql: Sql, orders: readonly Order[], start: IntakeStart): Promise<Fate[]> {
  const slots = orders.map((order): Slot => ({ order, id: uuid() }));
  findTwins(slots);
  await answerKnown(sql, slots, start.ctx);
  await judge(sql, slots, start);
  await takeKeys(sql, slots, start);
  await place(sql, slots, start);
  await compose(sql, slots, start);
  await giveKeysBack(sql, slots, start.ctx);
  await write(sql, open(slots), start);
  return slots.map((slot) => slot.fate ?? fateOfTwin(slot));
}

const open = (slots: readonly Slot[]): Slot[] => slots.filter(({ fate, twin }) => fate === undefined && !twin);

const keyOf = ({ order: { draft, key } }: Slot): keys.KeyPlace => ({ accountId: draft.accountId, key: key!.key });

const scopeOf = ({ actor }: Ctx): string => `${actor.kind}:${actor.id}`;

function findTwins(slots: readonly Slot[]): void {
  const first = new Map<string, Slot>();
  for (const slot of slots) {
    if (!slot.order.key) continue;
    const spelled = keys.spell(keyOf(slot));
    const twin = first.get(spelled);
    if (twin) slot.twin = twin;
    else first.set(spelled, slot);
  }
}

function fateOfTwin({ twin, order }: Slot): Fate {
  const fate = twin!.fate!;
  if (twin!.order.key!.bodyHash !== order.key!.bodyHash) return conflict();
  return fate instanceof ProblemError ? fate : { ...fate, replayed: true };
}

async function answerKnown(sql: Sql, slots: readonly Slot[], ctx: Ctx): Promise<void> {
  const keyed = open(slots).filter(({ order }) => order.key);
  if (keyed.length === 0) return;
  const known = await keys.findKeys(sql, scopeOf(ctx), keyed.map(keyOf));
  const replayed = keyed.filter((slot) => known.has(keys.spell(keyOf(slot))));
  if (replayed.length === 0) return;
  const ids = [...known.values()].map(({ messageId }) => messageId);
  const messages = new Map((await findMessages(sql, ctx, ids)).map((message) => [message.id, message]));
  for (const slot of replayed) {
    const { messageId, bodyHash } = known.get(keys.spell(keyOf(slot)))!;
    const message = messages.get(messageId);
    if (bodyHash !== slot.order.key!.bodyHash) slot.fate = conflict();
    else if (message) slot.fate = { message, replayed: true };
    else slot.fate = new ProblemError('not_found', 'The message of this Idempotency-Key was deleted.');
  }
}

async function judge(sql: Sql, slots: readonly Slot[], { ctx, room }: IntakeStart): Promise<void> {
  const asked = open(slots);
  const ids = new Set(asked.map(({ order }) => order.draft.accountId));
  const accounts = await findSendingAccounts(sql, ctx, [...ids]);
  const left = new Map([...ids].map((id) => [id, room(id)]));
  for (const slot of asked) {
    const { accountId, to } = slot.order.draft;
    const account = accounts.get(accountId);
    slot.account = account;
    slot.fate =
      judgeAccount(account) ?? (to === undefined ? undefined : problemOf(() => parseRecipient(to, account!.network)));
    if (slot.fate) continue;
    const rest = left.get(accountId)!;
    if (rest > 0) left.set(accountId, rest - 1);
    else slot.fate = queueFull(account!);
  }
}

function judgeAccount(account: SendingAccount | undefined): ProblemError | undefined {
  if (!account)
    return new ProblemError('not_found', 'There is no such account.', [field('accountId', 'Not an account.')]);
  if (account.linked) return undefined;
  return new ProblemError('account_not_linked', 'The account is not linked to a phone yet: link it, then send.');
}

function queueFull({ connected }: SendingAccount): ProblemError {
  const why = connected ? 'Let it send some first.' : 'It is not connected: connect it, and it sends them.';
  return new ProblemError(
    'queue_full',
    `As many messages wait for this account as it may have. ${why}`,
    [field('accountId', 'Its queue is full.')],
    connected ? 30 : 300,
  );
}

async function takeKeys(sql: Sql, slots: readonly Slot[], { ctx, now }: IntakeStart): Promise<void> {
  const keyed = open(slots).filter(({ order }) => order.key);
  if (keyed.length === 0) return;
  const wanted = keyed.map((slot) => ({ ...keyOf(slot), bodyHash: slot.order.key!.bodyHash, messageId: slot.id }));
  const taken = await keys.takeKeys(sql, scopeOf(ctx), wanted, now);
  for (const slot of keyed) slot.hasKey = taken.has(keys.spell(keyOf(slot)));
  // Others had them in flight, and have committed since.
  const lost = keyed.filter(({ hasKey }) => !hasKey);
  if (lost.length > 0) await answerKnown(sql, lost, ctx);
}

async function place(sql: Sql, slots: readonly Slot[], { ctx, now }: IntakeStart): Promise<void> {
  const drafts = open(slots);
  const chats = await placeDrafts(
    sql,
    ctx,
    drafts.map(({ order, account }) => ({ ...order.draft, network: account!.network })),
    now,
  );
  drafts.forEach((slot, at) => {
    const chatId = chats[at];
    if (chatId) slot.chatId = chatId;
    else slot.fate = noSuch('chatId', 'The account has no such chat.', 'Not a chat of this account.');
  });
  await refuse(sql, open(slots));
  const quoting = open(slots).filter(({ order }) => order.draft.quotedMessageId);
  const quoted = await findQuotedMessages(
    sql,
    ctx,
    quoting.map(({ order }) => order.draft.quotedMessageId!),
  );
  for (const slot of quoting) {
    const found = quoted.get(slot.order.draft.quotedMessageId!);
    if (found?.chatId === slot.chatId) slot.quotedWaId = found!.waId;
    else
      slot.fate = noSuch('quotedMessageId', 'The quoted message is not in this chat.', 'Not a message of this chat.');
  }
}

/** With the chats locked, so that who opts out comes before or after. Rows are numbered in the order of their commits, too. */
async function refuse(sql: Sql, slots: readonly Slot[]): Promise<void> {
  const chatIds = [...new Set(slots.map(({ chatId }) => chatId!))];
  if (chatIds.length === 0) return;
  await lockChats(sql, chatIds);
  const refusals = await refusalsOf(sql, chatIds);
  for (const slot of slots) slot.fate = refusals.get(slot.chatId!);
}

/** What it says, with our ids turned into WhatsApp's. */
async function compose(sql: Sql, slots: readonly Slot[], { ctx, now }: IntakeStart): Promise<void> {
  for (const slot of open(slots)) {
    const { says } = slot.order.draft;
    const { id, network, linkPreviews } = slot.account!;
    const where = { ctx, id, chatId: slot.chatId!, network, linkPreviews, now };
    const saying = 'content' in says ? acceptedAgain(sql, where, says) : accepted(sql, where, says.send);
    const fate = await saying.catch(expected);
    if (fate instanceof ProblemError) slot.fate = fate;
    else slot.says = fate;
  }
}

function expected(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}

async function giveKeysBack(sql: Sql, slots: readonly Slot[], ctx: Ctx): Promise<void> {
  const refused = slots.filter(({ fate, hasKey }) => hasKey && fate instanceof ProblemError);
  if (refused.length > 0) await keys.forgetKeys(sql, scopeOf(ctx), refused.map(keyOf));
}

async function write(sql: Sql, slots: readonly Slot[], { now, batchId }: IntakeStart): Promise<void> {
  if (slots.length === 0) return;
  const rows = slots.map(({ id, order: { draft }, chatId, quotedWaId, says }) => ({
    id,
    accountId: draft.accountId,
    chatId: chatId!,
    ...says!,
    lane: draft.lane ?? 'direct',
    viewOnce: draft.viewOnce ?? false,
    typing: draft.simulateTyping ?? false,
    quotedWaId: draft.quotedWaId ?? quotedWaId ?? null,
    retryOf: draft.retryOf ?? null,
    notBefore: dateOf(draft.notBefore),
    notAfter: dateOf(draft.notAfter),
  }));
  const messages = await insertOutbound(sql, rows, batchId, now);
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const slot of slots) slot.fate = { message: byId.get(slot.id)!, replayed: false };
  // What waits for its time takes its place in the chat then.
  const shown = messages.filter((message) => message.queuedReason !== 'scheduled');
  const last = new Map(shown.map((m) => [m.chatId, isChange(m.content) ? null : m.id]));
  await advanceChats(
    sql,
    [...last].map(([chatId, lastMessageId]) => ({ ...QUIET, chatId, lastMessageId, at: now })),
  );
  await appendEvents(
    sql,
    messages.map((message) => newEvent('message.created', message.accountId, { message }, now)),
  );
  const targets = messages.flatMap(({ chatId, content }) => targetOf({ chat_id: chatId, content }));
  await announceUpdated(sql, targets, now);
}

const QUIET = { unread: 0, quiet: false, heardAt: null, knownSince: null };

const dateOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

function problemOf(look: () => unknown): ProblemError | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

const conflict = (): ProblemError =>
  new ProblemError(
    'idempotency_conflict',
    'This Idempotency-Key was used for another request: take a new key for a new message.',
    [field('Idempotency-Key', 'Used before with another body.')],
  );

const noSuch = (name: string, message: string, detail: string): ProblemError =>
  new ProblemError('not_found', message, [field(name, detail)]);

const field = (name: string, message: string) => ({ field: name, message });
