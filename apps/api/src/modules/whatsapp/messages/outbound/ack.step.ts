import { describeFailure } from '../failure.js';
import type { StatusStep } from '../receipts/status.writer.js';
import type { Ack } from './handed.messages.js';

/** What an ack makes of its message. A refusal by the server is certain, unless an earlier attempt had no answer (status.writer). */
export function stepOfAck(accountId: string, ack: Ack, now: Date): StatusStep {
  const at = ack.at === null ? now : new Date(ack.at);
  const failure = ack.failure ? describeFailure({ ...ack.failure, certain: true }) : null;
  return { accountId, waId: ack.waId, status: failure ? 'failed' : 'sent', at, failure };
}
