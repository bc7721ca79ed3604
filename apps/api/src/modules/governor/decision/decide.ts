/**
 * Which of the messages that wait may go now. Pure: everything it knows is in `state`, and nothing of it ever goes above
 * a limit.
 *
 * - A message to somebody who opted out is refused, whatever else is so.
 * - What left before goes again: it has taken its place already.
 * - The others are taken from their lanes in turn, by weight (lanes.ts). So a reply goes first, and nobody waits for ever.
 * - A lane is closed by the pace, the day's limit (of which a part is kept for replies) or a hold by WhatsApp, those of first
 *   contacts also by the limits of these; then all of it waits. One message is kept back by the quiet hours of its
 *   recipient; then what follows in its chat waits, too, and the other chats go on. Nothing keeps back a reply but pace and
 *   day.
 * - A direct message in a chat that has a reply waiting goes as one: the order of what was written there is kept.
 */
import { MESSAGE_LANES, type MessageLane } from '@trunkline/contracts';
import type { Room, SendRequest, Verdict } from '../send.governor.js';
import { type Block, dayLimit, isFirstContact, isFirstContactLane, laneBlock, ownBlock } from './blocks.js';
import { take, takeable } from './bucket.js';
import { aged, counted } from './day.window.js';
import type { Limits } from './limits.js';
import { fairLane, NO_CREDITS } from './lanes.js';
import type { Now, State } from './state.js';
import { typingMs } from './typing.js';

export interface Decision {
  state: State;
  /** One for each request, in their order. */
  verdicts: Verdict[];
}

export function decide(state: State, limits: Limits, requests: readonly SendRequest[], now: Now): Decision {
  const verdicts = new Map<SendRequest, Verdict>();
  const queues = sortIn(requests, verdicts);
  const heldChats = new Map<string, Block>();
  for (;;) {
    const open = MESSAGE_LANES.filter((lane) => queues[lane].length > 0);
    const block = closeLanes(state, limits, open, now, (lane, why) => holdAll(queues[lane], why, now, verdicts));
    const lanes = open.filter((lane) => !block.has(lane));
    if (lanes.length === 0) break;
    const { lane, credits } = fairLane(state.credits, lanes);
    const request = queues[lane].shift()!;
    const chat = `${lane} ${request.chatId}`;
    const own = heldChats.get(chat) ?? ownBlock(state, limits, request, lane === 'reply', now);
    if (own) {
      heldChats.set(chat, own);
      verdicts.set(request, heldBy(own, 'chat', now));
    } else {
      state = { ...taken(state, limits, request, now), credits };
      verdicts.set(request, { verdict: 'go', typingMs: typingMs(request.typed, now.random()) });
    }
  }
  return { state, verdicts: requests.map((request) => verdicts.get(request)!) };
}

/** How many of each lane may go at most. */
export function roomOf(state: State, limits: Limits, now: Now): Room {
  const lanes: Record<MessageLane, number> = { ...NO_CREDITS };
  let until = Number.POSITIVE_INFINITY;
  for (const lane of MESSAGE_LANES) {
    const block = laneBlock(state, limits, lane, now);
    if (block) until = Math.min(until, block.at);
    else lanes[lane] = roomInLane(state, limits, lane, now);
  }
  return { lanes, until: Number.isFinite(until) ? wallOf(until, now) : null };
}

function roomInLane(state: State, limits: Limits, lane: MessageLane, now: Now): number {
  const left = dayLimit(limits, lane) - aged(state.day, now.at).total;
  const room = Math.min(left, takeable(state.sends, limits.pace, now.at));
  if (!isFirstContactLane(lane)) return room;
  const first = limits.firstContactsPerDay - aged(state.firstContactDay, now.at).total;
  return Math.min(room, first, takeable(state.firstContacts, limits.firstContactPace, now.at));
}

const isCampaign = (lane: MessageLane): boolean => lane === 'campaign' || lane === 'campaign_first_contact';

type Queues = Record<MessageLane, SendRequest[]>;

/** Into lanes; what is decided without one is decided. */
function sortIn(requests: readonly SendRequest[], verdicts: Map<SendRequest, Verdict>): Queues {
  const queues: Queues = { reply: [], direct: [], first_contact: [], campaign: [], campaign_first_contact: [] };
  const replied = new Set(requests.filter(({ lane }) => lane === 'reply').map(({ chatId }) => chatId));
  for (const request of requests) {
    if (request.optedOut) verdicts.set(request, { verdict: 'refused', code: 'opted_out' });
    else if (request.again) verdicts.set(request, { verdict: 'go', typingMs: 0 });
    else queues[replied.has(request.chatId) && !isCampaign(request.lane) ? 'reply' : request.lane].push(request);
  }
  return queues;
}

/** Tells of each lane that is closed; answers which. */
function closeLanes(
  state: State,
  limits: Limits,
  lanes: readonly MessageLane[],
  now: Now,
  closed: (lane: MessageLane, why: Block) => void,
): ReadonlySet<MessageLane> {
  const all = new Set<MessageLane>();
  for (const lane of lanes) {
    const block = laneBlock(state, limits, lane, now);
    if (!block) continue;
    closed(lane, block);
    all.add(lane);
  }
  return all;
}

function holdAll(queue: SendRequest[], block: Block, now: Now, verdicts: Map<SendRequest, Verdict>): void {
  for (const request of queue.splice(0)) verdicts.set(request, heldBy(block, 'lane', now));
}

function taken(state: State, limits: Limits, request: SendRequest, now: Now): State {
  const next: State = {
    ...state,
    sends: take(state.sends, limits.pace, now.at),
    day: counted(state.day, now.at),
    spacedUntil: now.at + limits.jitter * limits.pace.everyMs * now.random(),
  };
  if (!isFirstContact(state, request)) return next;
  return {
    ...next,
    firstContacts: take(state.firstContacts, limits.firstContactPace, now.at),
    firstContactDay: counted(state.firstContactDay, now.at),
    begun: new Set([...state.begun, request.chatId]),
  };
}

const heldBy = ({ reason, at }: Block, all: 'lane' | 'chat', now: Now): Verdict => ({
  verdict: 'held',
  reason,
  all,
  until: wallOf(at, now),
});

/** Less than any clock tells, more than what is lost where two of them are added: no moment is a millisecond later for that. */
const ROUNDING_MS = 0.001;
const wallOf = (at: number, now: Now): Date => new Date(Math.ceil(now.wall + (at - now.at) - ROUNDING_MS));
