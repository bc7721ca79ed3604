import { expect, it } from 'vitest';
import type { PhoneDigits } from '../../whatsapp/jid.js';
import type { SendRequest } from '../send.governor.js';
import { decide } from './decide.js';
import type { Limits } from './limits.js';
import { FRESH } from './state.js';

const NOON = Date.parse('2026-01-15T12:00:00Z');
const limits: Limits = {
  pace: { burst: 10, everyMs: 10_000 },
  perDay: 100,
  firstContactPace: { burst: 10, everyMs: 1_000 },
  firstContactsPerDay: 100,
  keptForReplies: 0,
  jitter: 0.5,
  quietHours: null,
  timeZone: 'UTC',
};
const request = (n: number): SendRequest => ({
  messageId: `m${n}`,
  waId: `w${n}`,
  chatId: `c${n}`,
  lane: 'direct',
  firstContact: false,
  optedOut: false,
  again: false,
  phone: '447911123456' as PhoneDigits,
});

it.each([
  [0, 'go', undefined],
  [0.2, 'held', NOON + 1_000],
  [0.999, 'held', NOON + 4_995],
])('makes a pause by chance after each send, of up to so much of its pace: %d', (random, verdict, until) => {
  const first = decide(FRESH, limits, [request(1), request(2)], { at: NOON, wall: NOON, random: () => random });
  expect(first.verdicts.map((each) => each.verdict)).toEqual(['go', verdict]);
  if (until === undefined) return;
  expect(first.verdicts[1]).toMatchObject({ reason: 'pace', all: 'lane', until: new Date(until) });
  const then = (at: number) =>
    decide(first.state, limits, [request(2)], { at, wall: at, random: () => 0 }).verdicts[0]!.verdict;
  expect([then(until - 1), then(until)]).toEqual(['held', 'go']);
});
