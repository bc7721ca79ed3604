import { MESSAGE_STATUSES } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { mayBecome } from './rank.js';

describe('the rank of a status', () => {
  it('never goes backwards, for any two statuses', () => {
    for (const from of MESSAGE_STATUSES) {
      for (const to of MESSAGE_STATUSES) {
        if (mayBecome(to).includes(from)) expect(mayBecome(from)).not.toContain(to);
      }
    }
  });

  it('lets a receipt lift a message whose ack was lost', () => {
    expect(mayBecome('delivered')).toEqual(['queued', 'sending', 'unknown', 'sent', 'failed']);
  });

  it('leaves a cancelled or expired message as it is', () => {
    for (const to of MESSAGE_STATUSES) expect(mayBecome(to)).not.toContain('cancelled');
  });
});
