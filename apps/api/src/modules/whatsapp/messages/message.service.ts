import type {
  MemberReceipt,
  Message,
  MessageBatch,
  MessageBatchSend,
  messageListQuery,
  messageSearchQuery,
  MessageSend,
  Page,
  PageQuery,
} from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { findMessage, listMessages, searchMessages } from './message.repository.js';
import { type Order, orderOf } from './outbound/draft.js';
import { acceptOrders, type Fate } from './outbound/intake.js';
import { QueueGauge } from './outbound/queue.gauge.js';
import { listReceipts } from './receipts/receipt.repository.js';

export interface Sent {
  message: Message;
  /** True when the idempotency key was known: this is the message it stands for. */
  replayed: boolean;
}

/** Accepts messages for sending and reads them. What is accepted is a committed row; the account's owner sends it. */
export class MessageService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Clock,
    private readonly notifier: Notifier,
    readonly gauge = new QueueGauge(clock),
  ) {}

  /** Throws the `ProblemError` of a message that is refused. */
  send(ctx: Ctx, input: MessageSend, idempotencyKey?: string): Promise<Sent> {
    return this.accept(ctx, orderOf(input, idempotencyKey));
  }

  async accept(ctx: Ctx, order: Order): Promise<Sent> {
    const [fate] = await this.#acceptAll(ctx, [order], null, (fates) => {
      if (fates[0] instanceof ProblemError) throw fates[0];
    });
    return fate as Sent;
  }

  /** Each message is accepted or refused by itself; see `messageBatchSchema`. */
  async sendBatch(ctx: Ctx, { messages }: MessageBatchSend): Promise<MessageBatch> {
    const batchId = uuid();
    const orders = messages.map(({ message, idempotencyKey }) => orderOf(message, idempotencyKey));
    const fates = await this.#acceptAll(ctx, orders, batchId);
    const isNew = fates.some((fate) => !(fate instanceof ProblemError) && fate.message.batchId === batchId);
    return { batchId: isNew ? batchId : null, items: fates.map(toItem) };
  }

  list(ctx: Ctx, query: z.infer<typeof messageListQuery>): Promise<Page<Message>> {
    return listMessages(this.store.pool, ctx, query);
  }

  search(ctx: Ctx, query: z.infer<typeof messageSearchQuery>): Promise<Page<Message>> {
    return searchMessages(this.store.pool, ctx, query);
  }

  async read(ctx: Ctx, id: string): Promise<Message> {
    const message = await findMessage(this.store.pool, ctx, id);
    if (!message) throw new ProblemError('not_found', 'There is no such message.');
    return message;
  }

  /** How far a message came with each member of its group, or with the person of its chat. */
  async receipts(ctx: Ctx, id: string, query: PageQuery): Promise<Page<MemberReceipt>> {
    return listReceipts(this.store.pool, ctx, await this.read(ctx, id), query);
  }

  async #acceptAll(
    ctx: Ctx,
    orders: readonly Order[],
    batchId: string | null,
    check: (fates: readonly Fate[]) => void = () => undefined,
  ): Promise<Fate[]> {
    await this.gauge.look(
      this.store.pool,
      orders.map(({ draft }) => draft.accountId),
    );
    const start = { ctx, now: this.clock.now(), batchId, room: (id: string) => this.gauge.room(id) };
    const fates = await transact(this.store.pool, async (sql) => {
      const decided = await acceptOrders(sql, orders, start);
      check(decided);
      return decided;
    });
    this.#wake(fates);
    return fates;
  }

  #wake(fates: readonly Fate[]): void {
    const added = fates.flatMap((fate) => (fate instanceof ProblemError || fate.replayed ? [] : [fate.message]));
    for (const { accountId, queuedReason } of added) {
      this.gauge.accepted(accountId);
      if (queuedReason === null) this.notifier.wake('outbox', accountId);
    }
    if (added.length > 0) this.notifier.wake('unnumbered');
  }
}

function toItem(fate: Fate): MessageBatch['items'][number] {
  if (!(fate instanceof ProblemError)) return { ...fate, error: null };
  const { code, message, details, retryAfterSeconds } = fate;
  return { message: null, replayed: false, error: { code, message, details: [...details], retryAfterSeconds } };
}
