import type { Clock } from '../../../../clock/clock.js';
import { describe } from '../../engines/trace/describe.js';
import { redacted, type Stanza } from '../../engines/trace/redacted.js';
import type { StanzaTrace } from '../../engines/trace/stanza.trace.js';

export interface TraceLine {
  traceId: string;
  n: number;
  at: Date;
  line: string;
  node: object;
}

/** A trace ends by its time or by so many lines, whichever is first. */
const MOST_LINES = 5_000;
const MOST_MS = 600_000;

/** Records what an account and the network say to each other, redacted, while somebody has asked for it. */
export class TraceRecorder implements StanzaTrace {
  #trace: { id: string; until: number; n: number } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly write: (line: TraceLine) => void,
  ) {}

  get on(): boolean {
    const trace = this.#trace;
    return trace !== undefined && trace.n < MOST_LINES && this.clock.elapsed() < trace.until;
  }

  /** A newer one takes the place of one that is under way; asked again for the same it goes on. */
  start(id: string, until: Date): void {
    if (this.#trace?.id === id) return;
    const left = Math.min(MOST_MS, until.getTime() - this.clock.now().getTime());
    this.#trace = { id, until: this.clock.elapsed() + left, n: 0 };
  }

  /** The account is another's from here on. */
  stop(): void {
    this.#trace = undefined;
  }

  heard(direction: 'in' | 'out', stanza: Stanza): void {
    if (!this.on) return;
    const trace = this.#trace!;
    const node = redacted(stanza);
    const line = `${direction === 'out' ? 'C' : 'S'} ${describe(node)}`;
    this.write({ traceId: trace.id, n: (trace.n += 1), at: this.clock.now(), line, node });
  }
}
