import type { HeldReason, HoldScope, MessageLane } from '@trunkline/contracts';
import type { SendRequest } from '../send.governor.js';
import { nextTake } from './bucket.js';
import { roomAt } from './day.window.js';
import type { Limits } from './limits.js';
import { quietUntil } from './quiet.js';
import type { Now, State } from './state.js';

/** What stands in the way of a message, and until when by the governor's clock. */
export interface Block {
  reason: HeldReason;
  at: number;
}

/** What stands in the way of every message of a lane; the one that lasts longest. */
export function laneBlock(state: State, limits: Limits, lane: MessageLane, now: Now): Block | undefined {
  return longest(now, [
    { reason: 'pace', at: Math.max(nextTake(state.sends, limits.pace, now.at), state.spacedUntil) },
    { reason: 'daily_limit', at: roomAt(state.day, dayLimit(limits, lane), now.at) },
    ...(lane === 'reply' ? [] : [held(state, 'all_but_replies', now)]),
    ...(isFirstContactLane(lane) ? firstContactBlocks(state, limits, now) : []),
  ]);
}

/** What stands in the way of this message alone. */
export function ownBlock(state: State, limits: Limits, request: SendRequest, isReply: boolean, now: Now) {
  const blocks: Block[] = isReply ? [] : [quiet(limits, request, now)];
  if (isFirstContact(state, request)) blocks.push(...firstContactBlocks(state, limits, now));
  return longest(now, blocks);
}

export const isFirstContactLane = (lane: MessageLane): boolean =>
  lane === 'first_contact' || lane === 'campaign_first_contact';

export const isFirstContact = ({ begun }: State, { firstContact, chatId }: SendRequest): boolean =>
  firstContact && !begun.has(chatId);

export function firstContactBlocks(state: State, limits: Limits, now: Now): Block[] {
  return [
    { reason: 'first_contact_pace', at: nextTake(state.firstContacts, limits.firstContactPace, now.at) },
    { reason: 'first_contact_daily_limit', at: roomAt(state.firstContactDay, limits.firstContactsPerDay, now.at) },
    held(state, 'first_contacts', now),
  ];
}

/** Replies have the whole day's limit, the others what is not kept for replies. */
export function dayLimit({ perDay, keptForReplies }: Limits, lane: MessageLane): number {
  return lane === 'reply' ? perDay : Math.max(1, Math.floor(perDay * (1 - keptForReplies)));
}

function quiet({ quietHours, timeZone }: Limits, { phone }: SendRequest, now: Now): Block {
  const until = quietHours ? quietUntil(quietHours, phone, timeZone, now.wall) : undefined;
  return { reason: 'quiet_hours', at: until === undefined ? now.at : now.at + (until - now.wall) };
}

/**
 * A hold on all but replies is one on first contacts, too; that is seen to by the lane. What is left of it is reckoned first:
 * the sum of two clocks less one of them is not always the other, and would keep everything back for a moment.
 */
function held({ holds }: State, scope: HoldScope, now: Now): Block {
  const left = holds.filter((hold) => hold.scope === scope).map((hold) => hold.until - now.wall);
  return { reason: 'whatsapp', at: now.at + Math.max(0, ...left) };
}

export function longest({ at }: Now, blocks: readonly Block[]): Block | undefined {
  const standing = blocks.filter((block) => block.at > at);
  return standing.length === 0 ? undefined : standing.reduce((a, b) => (b.at > a.at ? b : a));
}
