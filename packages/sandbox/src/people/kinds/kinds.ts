/** Every kind that a person says by `say`. */
import type { Say } from '../../control/contract.js';
import type { Message } from '../../signal/message.proto.js';
import { answer } from './answer.js';
import { choice, choices } from './choices.js';
import { edit, keep, pin, remove } from './changes.js';
import { contacts } from './contacts.js';
import { event } from './event.js';
import type { Desk, Kind, Read } from './kind.js';
import { liveLocation, location } from './location.js';
import { poll } from './poll.js';
import { disappearing, forwarded, link, newer, timer } from './text.js';
import { vote } from './vote.js';

type SayKind = Say['content']['kind'];

const KINDS: { [K in SayKind]: Kind<K> } = {
  location,
  live_location: liveLocation,
  contacts,
  poll,
  vote,
  answer,
  edit,
  delete: remove,
  pin,
  keep,
  forwarded,
  disappearing,
  link,
  timer,
  choices,
  choice,
  event,
  newer,
};

export const saidAs = ({ kind }: Say['content']): string => KINDS[kind].stanzaType ?? 'text';

export const written = (content: Say['content'], desk: Desk): Message =>
  (KINDS[content.kind] as Kind<SayKind>).write(content as never, desk);

/** Undefined for what is a text, a file, a reaction, or of no kind that is read here. */
export function readKind(message: Message): Read | undefined {
  for (const kind of Object.values(KINDS) as Kind<SayKind>[]) {
    const read = kind.read?.(message);
    if (read) return read;
  }
  return undefined;
}
