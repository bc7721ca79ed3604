import { MESSAGE_STATUS_RANK, MESSAGE_STATUSES, type MessageStatus } from '@trunkline/contracts';

/**
 * Which statuses a message may leave for `next`: those of a lower rank. `cancelled` and `expired` are left for nothing, as
 * nothing was sent; a `failed` that is not certain is lifted by an ack or a receipt, which SQL checks beside this.
 */
export function mayBecome(next: MessageStatus): MessageStatus[] {
  return MESSAGE_STATUSES.filter(
    (status) =>
      status !== 'cancelled' && status !== 'expired' && MESSAGE_STATUS_RANK[status] < MESSAGE_STATUS_RANK[next],
  );
}
