/**
 * A ping each interval. A connection on which nothing has come for an interval and 5 s is dead (protocol.md S11); whether one
 * that answers pings answers anything else is looked at by who owns the session.
 */
import { systemClock } from '../../../../../clock/clock.js';

const GRACE_MS = 5_000;

export class KeepAlive {
  private heardAt = systemClock.elapsed();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly everyMs: number,
    private readonly ping: () => void,
    private readonly lost: () => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => (this.isLost ? this.lost() : this.ping()), this.everyMs);
  }

  heard(): void {
    this.heardAt = systemClock.elapsed();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private get isLost(): boolean {
    return systemClock.elapsed() - this.heardAt > this.everyMs + GRACE_MS;
  }
}
