import { createHash } from 'node:crypto';
import { contentOf, type MessageSend, type SendContent } from '@trunkline/contracts';
import type { Accepted } from './accepted.js';

/** A message that is to be accepted, however it was asked for. */
export interface Draft {
  accountId: string;
  /** Exactly one of the two is set. */
  chatId?: string | undefined;
  to?: string | undefined;
  /** As it was asked for; or as it is stored, for a message that is made from another. */
  says: { send: SendContent } | Accepted;
  lane?: 'direct' | 'campaign' | undefined;
  quotedMessageId?: string | undefined;
  /** For a message that is made from another: what that one quoted. */
  quotedWaId?: string | null | undefined;
  viewOnce?: boolean | undefined;
  simulateTyping?: boolean | undefined;
  retryOf?: string | undefined;
  notBefore?: string | undefined;
  notAfter?: string | undefined;
}

/** A draft with the key under which a program may ask for it again. */
export interface Order {
  draft: Draft;
  key?: { key: string; bodyHash: string } | undefined;
}

export function orderOf(input: MessageSend, key: string | undefined): Order {
  const draft: Draft = { ...input, says: { send: contentOf(input) } };
  return { draft, key: key === undefined ? undefined : { key, bodyHash: hashOf(input) } };
}

/** Of what the request means: the same fields in another order are the same request. */
function hashOf(input: MessageSend): string {
  return createHash('sha256').update(canonical(input)).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
