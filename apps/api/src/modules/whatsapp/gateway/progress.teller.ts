import type { RestoreProgress } from '@trunkline/contracts';
import type { Cancel, Clock } from '../../../clock/clock.js';
import type { Ctx } from '../../auth/ctx.js';

export interface Listener {
  ctx(): Ctx;
  progress(progress: RestoreProgress): void;
}

const BUSY_MS = 1_000;
const QUIET_MS = 3_000;

/** Tells pages how far accounts have come back after a start, each time it has changed; asks nothing while nobody listens. */
export class ProgressTeller {
  #timer: Cancel | undefined;
  #last = new Map<string, string>();

  constructor(
    private readonly clock: Clock,
    private readonly read: (ctx: Ctx) => Promise<RestoreProgress>,
    private readonly listeners: () => Listener[],
  ) {}

  start(): void {
    this.#later(QUIET_MS);
  }

  stop(): void {
    this.#timer?.();
  }

  #later(ms: number): void {
    this.#timer = this.clock.setTimeout(() => {
      void this.#tell()
        .catch(() => QUIET_MS) // The database is away; asked again.
        .then((next) => this.#later(next));
    }, ms);
  }

  /** One look for all who see the same accounts. */
  async #tell(): Promise<number> {
    const seen = new Map<string, Listener[]>();
    for (const each of this.listeners()) {
      const { accounts } = each.ctx();
      const key = accounts === 'all' ? 'all' : accounts.join();
      seen.set(key, [...(seen.get(key) ?? []), each]);
    }
    let busy = false;
    for (const [key, listeners] of seen) busy = (await this.#tellAlike(key, listeners)) || busy;
    return busy ? BUSY_MS : QUIET_MS;
  }

  async #tellAlike(key: string, listeners: Listener[]): Promise<boolean> {
    const progress = await this.read(listeners[0]!.ctx());
    const now = JSON.stringify(progress);
    if (this.#last.get(key) !== now) for (const each of listeners) each.progress(progress);
    this.#last.set(key, now);
    return progress.done < progress.total;
  }
}
