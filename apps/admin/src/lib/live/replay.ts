import type { AnyEvent } from '@trunkline/contracts';
import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';
import { applyEvent } from './apply-event';

/** Longer than any request may take. */
const KEPT_MS = 60_000;

/**
 * Closes a gap: an answer that was on its way while events came is older than they are, and would undo them. So events
 * of the last minute are kept, and those that came after a request left are applied once more to what it brought. That
 * holds for what is read, and for what is asked for and answers with how things are then.
 */
export class Replay {
  /** What was asked for before this may be older than what is told from then on. */
  private wholeSince = Number.NEGATIVE_INFINITY;
  private recent: { at: number; event: AnyEvent }[] = [];
  /** When a query or a mutation began. */
  private readonly started = new WeakMap<object, number>();

  constructor(
    private readonly client: QueryClient,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Applies an event now, and to answers that are still on their way. */
  apply(event: AnyEvent): void {
    const at = this.now();
    this.recent = this.recent.filter((each) => at - each.at < KEPT_MS);
    this.recent.push({ at, event });
    applyEvent(this.client, event);
  }

  /**
   * Events may have been missed: all that is held is loaded afresh. What is being loaded for the first time at this moment
   * is not begun anew by that; its answer may be older than the first event, and is asked for once more when it is there.
   */
  stale(): void {
    this.wholeSince = this.now();
    void this.client.invalidateQueries();
  }

  /** Watches the caches until the returned function is called. */
  watch(): () => void {
    const leave = [this.watchQueries(), this.watchMutations()];
    return () => leave.forEach((each) => each());
  }

  private watchQueries(): () => void {
    return this.client.getQueryCache().subscribe((notice) => {
      if (notice.type !== 'updated') return;
      if (notice.action.type === 'fetch') this.started.set(notice.query, this.now());
      if (notice.action.type === 'success' && !notice.action.manual)
        this.again(notice.query, { queryKey: notice.query.queryKey, exact: true });
    });
  }

  /** Success is told when the mutation has put its answer where it belongs. */
  private watchMutations(): () => void {
    return this.client.getMutationCache().subscribe((notice) => {
      if (notice.type !== 'updated') return;
      if (notice.action.type === 'pending') this.started.set(notice.mutation, this.now());
      if (notice.action.type === 'success') this.again(notice.mutation, {});
    });
  }

  /** `changed`: what the answer was put into. */
  private again(asked: object, changed: InvalidateQueryFilters): void {
    const since = this.started.get(asked);
    if (since === undefined) return;
    for (const { at, event } of this.recent) if (at >= since) applyEvent(this.client, event);
    if (since < this.wholeSince) void this.client.invalidateQueries(changed);
  }
}
