import type { MessageLane } from '@trunkline/contracts';

/** How many of each lane go while all of them wait. */
const WEIGHTS: Record<MessageLane, number> = {
  reply: 16,
  direct: 8,
  first_contact: 4,
  campaign: 2,
  campaign_first_contact: 1,
};

export type Credits = Record<MessageLane, number>;

export const NO_CREDITS: Credits = { reply: 0, direct: 0, first_contact: 0, campaign: 0, campaign_first_contact: 0 };

/**
 * The lane that goes next (smooth weighted round robin): each of those that wait gains its weight, the richest goes and
 * pays what all gained. A lane of weight w waits for no more than (sum of weights) / w turns of the others.
 */
export function fairLane(credits: Credits, lanes: readonly MessageLane[]): { lane: MessageLane; credits: Credits } {
  const gained = { ...NO_CREDITS };
  for (const lane of lanes) gained[lane] = credits[lane] + WEIGHTS[lane];
  const lane = lanes.reduce((best, each) => (gained[each] > gained[best] ? each : best));
  gained[lane] -= lanes.reduce((sum, each) => sum + WEIGHTS[each], 0);
  return { lane, credits: gained };
}
