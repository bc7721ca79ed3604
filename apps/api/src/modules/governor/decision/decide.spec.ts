import { MESSAGE_LANES, type MessageLane } from '@trunkline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendRequest } from '../send.governor.js';
import type { PhoneDigits } from '../../whatsapp/jid.js';
import { DAY_MS, SLOT_MS } from './day.window.js';
import { decide, roomOf } from './decide.js';
import type { Limits } from './limits.js';
import { FRESH, type State } from './state.js';
import { stateFrom, type Used } from './usage.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 12:00 in London. */
const NOON = Date.parse('2026-01-15T12:00:00Z');
const LONDON = '447911123456' as PhoneDigits;

const limits = (over: Partial<Limits> = {}): Limits => ({
  pace: { burst: 3, everyMs: 10_000 },
  perDay: 40,
  firstContactPace: { burst: 1, everyMs: 15 * MINUTE },
  firstContactsPerDay: 6,
  keptForReplies: 0.2,
  jitter: 0,
  quietHours: null,
  timeZone: 'UTC',
  ...over,
});

let made = 0;
const request = (over: Partial<SendRequest> = {}): SendRequest => {
  made += 1;
  return {
    messageId: `m${made}`,
    waId: `w${made}`,
    chatId: `c${made}`,
    lane: 'direct',
    firstContact: false,
    optedOut: false,
    again: false,
    phone: LONDON,
    ...over,
  };
};

const now = (at = NOON, wall = at, random = 0) => ({ at, wall, random: () => random });
const words = (state: State, how: Limits, requests: SendRequest[], at = NOON) =>
  decide(state, how, requests, now(at)).verdicts.map((each) => (each.verdict === 'held' ? each.reason : each.verdict));

/** What the rows would say after a crash. */
function rowsOf(moments: readonly number[], { burst, everyMs }: Limits['pace'], at: number): Used {
  const day = moments.filter((moment) => moment > at - DAY_MS - SLOT_MS);
  const slots = new Map<number, number>();
  for (const moment of day) {
    const start = Math.floor(moment / SLOT_MS) * SLOT_MS;
    slots.set(start, (slots.get(start) ?? 0) + 1);
  }
  return {
    recent: moments.filter((moment) => moment > at - burst * everyMs),
    day: { slots: [...slots].map(([start, count]) => ({ start, count })), total: day.length },
  };
}

interface Sent {
  at: number;
  lane: MessageLane;
  first: boolean;
}

const waiting = fc.record({
  lane: fc.constantFrom(...MESSAGE_LANES),
  chat: fc.nat(30),
  optedOut: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});
const stepOf = (gap: fc.Arbitrary<number>, crashes: number) =>
  fc.record({
    gap,
    crash: fc.integer({ min: 0, max: crashes }).map((n) => n === 0),
    jump: fc.option(fc.integer({ min: -30 * DAY_MS, max: 30 * DAY_MS })),
    waiting: fc.array(waiting, { maxLength: 20 }),
  });
/** Of days with pauses, and of a rush in which something always waits. */
const step = stepOf(fc.oneof(fc.nat(30_000), fc.nat(HOUR), fc.nat(10 * HOUR)), 1);
const rush = stepOf(fc.nat(15_000), 8);
/** As long as that, and not ten at most, which is what comes without `size`: limits are passed late. */
const long = { maxLength: 60, size: 'max' } as const;
const traffic = fc.oneof(fc.array(step, long), fc.array(rush, long));

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Runs traffic against the governor with crashes and jumps of the wall clock; answers what left, by true time. */
function run(steps: Step[], how: Limits): Sent[] {
  let [at, wall, state] = [NOON, NOON, FRESH];
  const sent: Sent[] = [];
  const known = new Set(Array.from({ length: 15 }, (_, chat) => chat));
  for (const { gap, crash, jump, waiting } of steps) {
    at += gap;
    wall += gap + (jump ?? 0);
    if (crash)
      state = stateFrom(
        {
          sends: rowsOf(
            sent.map((s) => s.at),
            how.pace,
            at,
          ),
          firstContacts: rowsOf(
            sent.filter((s) => s.first).map((s) => s.at),
            how.firstContactPace,
            at,
          ),
        },
        how,
        at,
      );
    const requests = waiting.map(({ lane, chat, optedOut }) =>
      request({ lane, chatId: `${chat}`, optedOut, firstContact: !known.has(chat) }),
    );
    const decision = decide(state, how, requests, { at, wall, random: () => 0.5 });
    state = decision.state;
    requests.forEach((each, place) => {
      if (decision.verdicts[place]!.verdict !== 'go') return;
      expect(each.optedOut).toBe(false);
      sent.push({ at, lane: each.lane, first: !known.has(Number(each.chatId)) });
      known.add(Number(each.chatId));
    });
  }
  return sent;
}

function expectWithin(moments: number[], { burst, everyMs }: Limits['pace'], perDay: number): void {
  for (let from = 0; from < moments.length; from += 1) {
    for (let to = from; to < moments.length; to += 1) {
      const length = moments[to]! - moments[from]!;
      expect(to - from + 1).toBeLessThanOrEqual(burst + length / everyMs + 1e-6);
      if (length < DAY_MS) expect(to - from + 1).toBeLessThanOrEqual(perDay);
    }
  }
}

describe('the governor', () => {
  it('is never above any limit in any window, whatever is asked, whenever it crashes and however the clock jumps', () => {
    fc.assert(
      fc.property(traffic, fc.boolean(), (steps, jitters) => {
        const how = limits({ jitter: jitters ? 0.5 : 0 });
        const sent = run(steps, how);
        expectWithin(
          sent.map(({ at }) => at),
          how.pace,
          how.perDay,
        );
        expectWithin(
          sent.filter(({ first }) => first).map(({ at }) => at),
          how.firstContactPace,
          how.firstContactsPerDay,
        );
        const others = sent.filter(({ lane }) => lane !== 'reply').map(({ at }) => at);
        expectWithin(others, how.pace, how.perDay * (1 - how.keptForReplies));
      }),
      { numRuns: 100 },
    );
  });

  it('uses the limits up: what waits for long enough goes', () => {
    let state = FRESH;
    let gone = 0;
    for (let at = NOON; at < NOON + 2 * DAY_MS; at += 5_000) {
      const decision = decide(state, limits(), [request({ lane: 'reply' })], now(at));
      state = decision.state;
      if (decision.verdicts[0]!.verdict === 'go') gone += 1;
    }
    expect(gone).toBe(80);
  });

  it('starves nobody and lets replies go first: all lanes full, each gets its share', () => {
    let state = FRESH;
    const gone: Record<string, number> = {};
    const how = limits({ perDay: 1e9, firstContactsPerDay: 1e9, firstContactPace: { burst: 10, everyMs: 1 } });
    for (let at = NOON; at < NOON + 310 * 10_000; at += 10_000) {
      const requests = MESSAGE_LANES.map((lane) => request({ lane, firstContact: lane.endsWith('first_contact') }));
      const decision = decide(state, how, requests.toReversed(), now(at));
      state = decision.state;
      decision.verdicts.toReversed().forEach((each, place) => {
        if (each.verdict === 'go') gone[requests[place]!.lane] = (gone[requests[place]!.lane] ?? 0) + 1;
      });
    }
    const { reply, direct, first_contact, campaign, campaign_first_contact } = gone as Record<string, number>;
    expect(reply).toBeGreaterThan(direct!);
    expect(direct).toBeGreaterThan(first_contact!);
    expect(first_contact).toBeGreaterThan(campaign!);
    expect(campaign).toBeGreaterThan(campaign_first_contact!);
    expect(campaign_first_contact).toBeGreaterThanOrEqual(9);
  });

  it('starves nobody and keeps the order of each chat and lane, whatever comes and whenever it crashes', () => {
    const arrival = fc.record({
      gap: fc.nat(60_000),
      lane: fc.constantFrom(...MESSAGE_LANES),
      chat: fc.nat(5),
      crash: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
    });
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 40, size: 'max' }), (arrivals) => {
        const how = limits({ perDay: 1e6, firstContactsPerDay: 1e6, jitter: 0.5 });
        let [state, at] = [FRESH, NOON];
        const [sends, firsts]: number[][] = [[], []];
        let waiting: SendRequest[] = [];
        const look = () => {
          const { verdicts, state: next } = decide(state, how, waiting, now(at, at, 0.5));
          state = next;
          const gone = waiting.filter((_, place) => verdicts[place]!.verdict === 'go');
          for (const each of gone) {
            const ahead = waiting.slice(0, waiting.indexOf(each));
            const passed = ahead.filter((other) => other.lane === each.lane && other.chatId === each.chatId);
            expect(passed.every((other) => gone.includes(other))).toBe(true);
            sends!.push(at);
            if (each.firstContact) firsts!.push(at);
          }
          waiting = waiting.filter((each) => !gone.includes(each));
        };
        for (const { gap, lane, chat, crash } of arrivals) {
          at += gap;
          const used = {
            sends: rowsOf(sends!, how.pace, at),
            firstContacts: rowsOf(firsts!, how.firstContactPace, at),
          };
          if (crash) state = stateFrom(used, how, at);
          waiting.push(request({ lane, chatId: `${lane}${chat}`, firstContact: lane.endsWith('first_contact') }));
          look();
        }
        // The slowest limit is the one of first contacts: so long for each, and nothing waits any more.
        const end = at + (arrivals.length + 1) * how.firstContactPace.everyMs;
        for (; at <= end && waiting.length > 0; at += MINUTE / 2) look();
        expect(waiting).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is fair between campaigns and replies: a reply goes next but a few, and a campaign is never passed for long', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 20, maxLength: 120 }), (repliesAt) => {
        const how = limits({ perDay: 1e9, pace: { burst: 1, everyMs: 10_000 } });
        let [state, at, passed] = [FRESH, NOON, 0];
        const replies: { request: SendRequest; turns: number; ahead: number }[] = [];
        for (const fresh of repliesAt) {
          at += 10_000;
          for (let n = 0; n < fresh && replies.length < 20; n += 1)
            replies.push({ request: request({ lane: 'reply' }), turns: 0, ahead: replies.length });
          const asked = [request({ lane: 'campaign' }), ...replies.map((each) => each.request)];
          const { verdicts, state: next } = decide(state, how, asked, now(at));
          state = next;
          const gone = asked.filter((_, place) => verdicts[place]!.verdict === 'go');
          expect(gone).toHaveLength(1);
          passed = gone[0]!.lane === 'campaign' ? 0 : passed + 1;
          // Weights 16 and 2: of nine turns one is a campaign's while both wait.
          expect(passed).toBeLessThanOrEqual(9);
          for (const reply of replies) reply.turns += 1;
          if (gone[0]!.lane === 'reply') {
            const { turns, ahead } = replies.shift()!;
            expect(turns).toBeLessThanOrEqual(Math.ceil(((ahead + 1) * 9) / 8) + 1);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a part of the day for replies', () => {
    let state = FRESH;
    const lanes = Array.from({ length: 100 }, (_, i) => (i < 50 ? 'campaign' : 'reply')) as MessageLane[];
    let at = NOON;
    const gone = lanes.filter((lane) => {
      const decision = decide(state, limits(), [request({ lane })], now((at += 20_000)));
      state = decision.state;
      return decision.verdicts[0]!.verdict === 'go';
    });
    expect(gone.filter((lane) => lane === 'campaign')).toHaveLength(32);
    expect(gone.filter((lane) => lane === 'reply')).toHaveLength(8);
  });

  it('lets replies pass what WhatsApp holds, and says what it holds until when', () => {
    const held: State = { ...FRESH, holds: [{ scope: 'first_contacts', until: NOON + HOUR }] };
    const cold = request({ lane: 'first_contact', firstContact: true });
    expect(words(held, limits(), [cold, request(), request({ lane: 'reply' })])).toEqual(['whatsapp', 'go', 'go']);
    const [verdict] = decide(held, limits(), [cold], now()).verdicts;
    expect(verdict).toEqual({ verdict: 'held', reason: 'whatsapp', all: 'lane', until: new Date(NOON + HOUR) });
    const slow: State = { ...FRESH, holds: [{ scope: 'all_but_replies', until: NOON + HOUR }] };
    expect(words(slow, limits(), [cold, request(), request({ lane: 'reply' })])).toEqual([
      'whatsapp',
      'whatsapp',
      'go',
    ]);
    expect(words(slow, limits(), [request()], NOON + HOUR)).toEqual(['go']);
  });

  it('keeps nothing back where nothing stands in the way, whatever the fractions of its clocks', () => {
    const at = fc.double({ min: NOON, max: NOON + DAY_MS, noNaN: true });
    const pace = fc.record({
      burst: fc.integer({ min: 1, max: 10 }),
      everyMs: fc.double({ min: 1, max: HOUR, noNaN: true }),
    });
    fc.assert(
      fc.property(at, fc.integer({ min: NOON, max: NOON + DAY_MS }), pace, (own, wall, each) => {
        expect(roomOf(FRESH, limits({ pace: each, firstContactPace: each }), now(own, wall)).until).toBeNull();
        const lanes = MESSAGE_LANES.map((lane) => request({ lane }));
        const all = limits({ pace: { burst: lanes.length, everyMs: 10_000 } });
        expect(decide(FRESH, all, lanes, now(own, wall)).verdicts).toEqual(
          lanes.map(() => ({ verdict: 'go', typingMs: 0 })),
        );
      }),
    );
  });

  it('says until when something is held to the very moment, whatever the fractions of its clocks', () => {
    const until = NOON + HOUR;
    const own = fc.double({ min: NOON, max: NOON + DAY_MS, noNaN: true });
    fc.assert(
      fc.property(own, (at) => {
        const held = { ...FRESH, holds: [{ scope: 'all_but_replies', until } as const] };
        expect(roomOf(held, limits(), now(at, NOON)).until).toEqual(new Date(until));
      }),
    );
  });

  it('holds by the quiet hours of the recipient, one chat and not the others, and never a reply', () => {
    const how = limits({ quietHours: { from: '21:00', to: '08:00' }, timeZone: 'Asia/Jakarta' });
    const tokyo = '819012345678' as PhoneDigits; // 21:00 there at 12:00 in London.
    const requests = [
      request({ phone: tokyo, chatId: 't' }),
      request({ phone: tokyo, chatId: 't' }),
      request(),
      request({ phone: tokyo, chatId: 'r', lane: 'reply' }),
    ];
    const { verdicts } = decide(FRESH, how, requests, now());
    const held = { verdict: 'held', reason: 'quiet_hours', all: 'chat', until: new Date('2026-01-15T23:00:00Z') };
    expect(verdicts).toMatchObject([held, held, { verdict: 'go' }, { verdict: 'go' }]);
  });

  it('goes by the zone of the account where a number tells none', () => {
    const how = limits({ quietHours: { from: '18:00', to: '08:00' }, timeZone: 'Asia/Jakarta' }); // 19:00 there.
    expect(words(FRESH, how, [request({ phone: null })])).toEqual(['quiet_hours']);
    expect(words(FRESH, { ...how, timeZone: 'UTC' }, [request({ phone: null })])).toEqual(['go']);
  });

  it('counts one first contact for what is written to somebody before they are known', () => {
    const cold = () => request({ chatId: 'new', lane: 'first_contact', firstContact: true });
    expect(words(FRESH, limits(), [cold(), cold(), request({ lane: 'first_contact', firstContact: true })])).toEqual([
      'go',
      'first_contact_pace',
      'first_contact_pace',
    ]);
  });

  it('sends again what left before, without a place, and refuses it all the same when the person opted out', () => {
    const full = decide(FRESH, limits(), [request(), request(), request()], now()).state;
    expect(words(full, limits(), [request({ again: true }), request()])).toEqual(['go', 'pace']);
    expect(words(full, limits(), [request({ again: true, optedOut: true })])).toEqual(['refused']);
  });

  it('keeps the order of a chat: what was written before a reply goes before it', () => {
    const first = request({ chatId: 'a' });
    const requests = [request(), first, request({ chatId: 'a', lane: 'reply' })];
    expect(words(FRESH, limits({ pace: { burst: 1, everyMs: 10_000 } }), requests)).toEqual(['pace', 'go', 'pace']);
  });

  it('tells how much of each lane is worth claiming', () => {
    const { lanes, until } = roomOf(FRESH, limits(), now());
    expect(lanes).toEqual({ reply: 3, direct: 3, first_contact: 1, campaign: 3, campaign_first_contact: 1 });
    expect(until).toBeNull();
    const full = decide(FRESH, limits(), [request(), request(), request()], now()).state;
    expect(roomOf(full, limits(), now())).toEqual({
      lanes: { reply: 0, direct: 0, first_contact: 0, campaign: 0, campaign_first_contact: 0 },
      until: new Date(NOON + 10_000),
    });
  });
});
