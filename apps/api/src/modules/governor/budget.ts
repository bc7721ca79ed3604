import type { Budget, GovernorProfileName, MessageLane } from '@trunkline/contracts';
import { MESSAGE_LANES } from '@trunkline/contracts';
import { firstContactBlocks, laneBlock, longest } from './decision/blocks.js';
import { takeable } from './decision/bucket.js';
import { aged } from './decision/day.window.js';
import type { Limits } from './decision/limits.js';
import type { Now, State } from './decision/state.js';
import { describeHold } from './hold.words.js';
import type { Hold } from './holds.js';

export interface BudgetOf {
  profile: GovernorProfileName;
  limits: Limits;
  state: State;
  holds: readonly Hold[];
  /** Queued messages, by lane. */
  waiting: Partial<Record<MessageLane, number>>;
  now: Now;
}

/** What an account has used and has left, what is kept back and until when: as the governor sees it now. */
export function budgetOf({ profile, limits, state, holds, waiting, now }: BudgetOf): Budget {
  const day = aged(state.day, now.at).total;
  const first = aged(state.firstContactDay, now.at).total;
  const at = (moment: number | undefined) =>
    moment === undefined ? null : new Date(Math.ceil(now.wall + moment - now.at)).toISOString();
  return {
    at: new Date(now.wall).toISOString(),
    profile,
    sends: {
      used: day,
      limit: limits.perDay,
      left: Math.max(0, limits.perDay - day),
      keptForReplies: Math.ceil(limits.perDay * limits.keptForReplies),
      atOnce: limits.pace.burst,
      perMinute: round(60_000 / limits.pace.everyMs),
      ready: takeable(state.sends, limits.pace, now.at),
      nextAt: at(laneBlock(state, limits, 'direct', now)?.at),
    },
    firstContacts: {
      used: first,
      limit: limits.firstContactsPerDay,
      left: Math.max(0, limits.firstContactsPerDay - first),
      atOnce: limits.firstContactPace.burst,
      perHour: round(3_600_000 / limits.firstContactPace.everyMs),
      ready: takeable(state.firstContacts, limits.firstContactPace, now.at),
      nextAt: at(longest(now, firstContactBlocks(state, limits, now))?.at),
    },
    quietHours: limits.quietHours,
    timeZone: limits.timeZone,
    holds: holds.map(describeHold),
    lanes: MESSAGE_LANES.map((lane) => {
      const block = laneBlock(state, limits, lane, now);
      return { lane, waiting: waiting[lane] ?? 0, held: block ? { reason: block.reason, until: at(block.at)! } : null };
    }),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
