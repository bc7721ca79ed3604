import type { SeenMessage, SentMessage } from '@/lib/api/sandbox-types';

/** What somebody in the sandbox saw and wrote, as one line of time. */
export type Item = { kind: 'seen'; at: number; seen: SeenMessage } | { kind: 'sent'; at: number; sent: SentMessage };

export function exchangeOf(seen: readonly SeenMessage[], sent: readonly SentMessage[]): Item[] {
  const items: Item[] = [
    ...seen.map((each): Item => ({ kind: 'seen', at: each.at, seen: each })),
    ...sent.map((each): Item => ({ kind: 'sent', at: each.at, sent: each })),
  ];
  return items.sort((a, b) => a.at - b.at);
}

/** How far a message came: the furthest of what came back. */
export function stateOf({
  acked,
  error,
  receipts,
}: SentMessage): 'refused' | 'read' | 'delivered' | 'taken' | 'waiting' {
  if (error !== null) return 'refused';
  if (receipts.some(({ type }) => type === 'read')) return 'read';
  if (receipts.some(({ type }) => type === 'delivered')) return 'delivered';
  return acked ? 'taken' : 'waiting';
}
