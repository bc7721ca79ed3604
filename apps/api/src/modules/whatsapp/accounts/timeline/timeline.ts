import type { AnyEvent, TimelineEntry } from '@trunkline/contracts';
import { sentenceOf } from './sentences.js';

/**
 * Events of one account, newest first, as what a person wants to know: what is no news is left out, and what is said
 * again and again becomes one line with its latest time.
 */
export function timelineOf(events: readonly AnyEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  events.forEach((event, index) => {
    const sentence = sentenceOf(event);
    if (!sentence || isOldNews(event, events.slice(index + 1))) return;
    const last = entries.at(-1);
    if (last && isSame(last, sentence.text)) {
      // An error tells more than the state that came with it.
      if (sentence.tone === 'bad') Object.assign(last, { tone: 'bad', done: sentence.done ?? last.done });
      if (last.code.event === event.event) last.times += 1;
      return;
    }
    const { reason, ...rest } = sentence;
    const code = { event: event.event, reason };
    entries.push({ position: event.position, at: event.timestamp, ...rest, times: 1, code });
  });
  return entries;
}

const isSame = (entry: TimelineEntry, text: string): boolean => entry.text === text;

/** A number is told again with each new name. */
function isOldNews(event: AnyEvent, older: readonly AnyEvent[]): boolean {
  if (event.event !== 'account.phone_number') return false;
  const before = older.find((each) => each.event === event.event);
  return (
    before?.event === event.event &&
    before.payload.phoneNumber === event.payload.phoneNumber &&
    before.payload.source === event.payload.source
  );
}
