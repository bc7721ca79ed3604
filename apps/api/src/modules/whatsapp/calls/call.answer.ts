/**
 * What is done when somebody calls, by the account's own setting: nothing, or the call is declined and answered by a text.
 * The text goes through the outbox as any other, under a key of the caller and the hour: once an hour to each, whatever
 * is delivered twice and whoever runs the account then.
 */
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { systemCtx } from '../../auth/ctx.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { readMessaging } from '../accounts/messaging/messaging.repository.js';
import type { EngineEvent, EngineSession } from '../engines/engine.js';
import { e164, lidJid, type PersonAddress } from '../jid.js';
import { MessageService } from '../messages/message.service.js';

export type Call = Extract<EngineEvent, { type: 'call' }>;

export interface CallParts {
  store: Store;
  clock: Clock;
  notifier: Notifier;
}

const HOUR_MS = 3_600_000;

/** Rejects when the database is away: the phone rings on, and the line in the chat says so. */
export async function answerCall(
  { store, clock, notifier }: CallParts,
  accountId: string,
  call: Call,
  session: Pick<EngineSession, 'calls'>,
): Promise<void> {
  const ctx = systemCtx('calls');
  const { calls, callReply } = await readMessaging(store.pool, ctx, accountId);
  if (calls !== 'reject') return;
  await session.calls?.reject(call.callId, call.from);
  if (callReply === null) return;
  const to = addressOf(call.from);
  const key = `call ${to} ${Math.floor(clock.now().getTime() / HOUR_MS)}`;
  await new MessageService(store, clock, notifier).send(ctx, { accountId, to, text: callReply }, key);
}

const addressOf = ({ phone, lid }: PersonAddress): string => (phone ? e164(phone) : lidJid(lid!));
