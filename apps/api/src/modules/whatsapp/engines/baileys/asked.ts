/** What opens the answers to polls and events, by the id of each, and with it the answers that came before they did. */
import type { SessionJournal } from '../../sessions/journal.js';
import { pack, unpack } from './records/plain.js';
import type { Asked, SealedAnswer } from './sealed.js';

/** Answers kept for what has not come. */
const MOST_WAITING = 1_000;

/** A record, whose names are older than events are here. */
export interface Kept {
  poll?: Asked;
  waiting?: SealedAnswer[];
}

export class AskedMessages {
  constructor(private readonly journal: SessionJournal) {}

  async find(waId: string): Promise<Asked | undefined> {
    return (await this.read(waId)).poll;
  }

  /** To be awaited before the step in which a message is told: what it may need is then at hand. */
  async read(waId: string): Promise<Kept> {
    const record = (await this.journal.get('poll', [waId])).get(waId);
    return record ? unpack<Kept>(record) : {};
  }

  keep(waId: string, asked: Asked): void {
    this.journal.put('poll', waId, pack({ poll: asked }));
  }

  wait(waId: string, answer: SealedAnswer, { waiting = [] }: Kept): void {
    this.journal.put('poll', waId, pack({ waiting: [...waiting, answer].slice(-MOST_WAITING) }));
  }
}
