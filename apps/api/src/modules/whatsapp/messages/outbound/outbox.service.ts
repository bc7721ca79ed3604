import type { BatchCancelled, BatchState, Message, Queue } from '@trunkline/contracts';
import type { Store } from '../../../../database/database.js';
import { isTwice } from '../../../../database/failure.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import type { Commands } from '../../../cluster/commands/commands.js';
import type { MessageService, Sent } from '../message.service.js';
import { batchAccounts, batchStatuses } from './batch.repository.js';
import { readQueue } from './queue.repository.js';
import { draftAgain, retriedAs } from './retry.repository.js';
import { isWaiting } from './waiting.repository.js';

/** What people and programs do with messages that they sent: take back, send again, look at what waits. */
export class OutboxService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly messages: MessageService,
    private readonly commands: Commands,
  ) {}

  /** Safe to repeat. The account's owner decides: what it has begun to send is not taken back. */
  async cancel(ctx: Ctx, id: string): Promise<Message> {
    const before = await this.messages.read(ctx, id);
    const waits = await isWaiting(this.store.pool, ctx, id);
    if (waits) await this.commands.ask(before.accountId, 'cancel-messages', { ids: [id], batchId: null });
    const message = waits ? await this.messages.read(ctx, id) : before;
    if (message.status === 'cancelled') return message;
    throw new ProblemError('message_not_cancellable', `It cannot be taken back any more: it is ${message.status}.`);
  }

  async readBatch(ctx: Ctx, batchId: string): Promise<BatchState> {
    const statuses = await batchStatuses(this.store.pool, ctx, batchId);
    const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    if (total === 0) throw new ProblemError('not_found', 'There is no such batch.');
    return { batchId, total, statuses };
  }

  /** All of the batch that waits still, of every account. */
  async cancelBatch(ctx: Ctx, batchId: string): Promise<BatchCancelled> {
    const before = await this.readBatch(ctx, batchId);
    const accounts = await batchAccounts(this.store.pool, ctx, batchId);
    await Promise.all(accounts.map((id) => this.commands.ask(id, 'cancel-messages', { ids: null, batchId })));
    const after = await this.readBatch(ctx, batchId);
    return { ...after, cancelled: (after.statuses.cancelled ?? 0) - (before.statuses.cancelled ?? 0) };
  }

  /** A new message with what the old one said; one that was sent again already is answered with that. */
  async retry(ctx: Ctx, id: string): Promise<Sent> {
    const old = await this.messages.read(ctx, id);
    const draft = RETRYABLE.has(old.status) ? await draftAgain(this.store.pool, ctx, id) : undefined;
    if (!draft) throw new ProblemError('message_not_retryable', whyNot(old));
    const again = await this.#retried(ctx, id);
    if (again) return again;
    if (old.content.kind === 'gone') throw new ProblemError('message_not_retryable', GONE);
    return this.#acceptOnce(ctx, id, draft);
  }

  async queue(ctx: Ctx, accountId: string): Promise<Queue> {
    const queue = await readQueue(this.store.pool, ctx, accountId, this.messages.gauge.limit);
    if (!queue) throw new ProblemError('not_found', 'There is no such account.');
    return queue;
  }

  async #retried(ctx: Ctx, id: string): Promise<Sent | undefined> {
    const again = await retriedAs(this.store.pool, ctx, id);
    return again === undefined ? undefined : { message: await this.messages.read(ctx, again), replayed: true };
  }

  /** Two who ask at once: the second finds what the first has made. */
  async #acceptOnce(ctx: Ctx, id: string, draft: NonNullable<Awaited<ReturnType<typeof draftAgain>>>): Promise<Sent> {
    try {
      return await this.messages.accept(ctx, { draft });
    } catch (error) {
      const sent = isTwice(error) ? await this.#retried(ctx, id) : undefined;
      if (sent) return sent;
      throw error;
    }
  }
}

const RETRYABLE: ReadonlySet<string> = new Set(['failed', 'expired', 'cancelled']);

const GONE = 'What it said is not kept here any more: write it anew.';

function whyNot({ direction, status }: Message): string {
  if (direction === 'in') return 'It was received, and not sent.';
  if (status === 'unknown') return 'It may have arrived: a receipt will tell. Sent again it could be there twice.';
  return `Only what failed, expired or was cancelled can be sent again; it is ${status}.`;
}
