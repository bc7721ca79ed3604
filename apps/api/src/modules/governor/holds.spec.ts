import { describe, expect, it } from 'vitest';
import { HOLD_RULES, holdAfter, holdOf } from './holds.js';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a limit of WhatsApp', () => {
  it.each([
    ['reach_out_time_lock', 'first_contacts'],
    ['new_chat_limit', 'first_contacts'],
    ['rate_limited', 'all_but_replies'],
    ['restricted', 'all_but_replies'],
    ['stanza_refused', 'first_contacts'],
  ] as const)('%s keeps back %s', (code, scope) => {
    const hold = holdAfter(code, undefined, NOW, undefined);
    expect(hold).toEqual({ code, scope, since: NOW, until: NOW + HOLD_RULES[code].firstMs });
  });

  it.each([
    ['reach_out_time_lock', 'reach_out_time_lock'],
    ['new_chat_limit', 'new_chat_limit'],
    ['rate_limited', 'rate_limited'],
    ['devices_changed', 'stanza_refused'],
  ] as const)('is told by a message that fails with %s', (failure, code) => {
    expect(holdOf(failure)).toBe(code);
  });

  it('is told by no other failure', () => {
    expect(holdOf('not_on_whatsapp')).toBeUndefined();
    expect(holdOf('opted_out')).toBeUndefined();
  });

  it('lasts as long as WhatsApp says, also when it says less than before', () => {
    const long = holdAfter('rate_limited', undefined, NOW, NOW + HOUR);
    expect(long.until).toBe(NOW + HOUR);
    expect(holdAfter('rate_limited', long, NOW + MINUTE, NOW + 2 * MINUTE).until).toBe(NOW + 2 * MINUTE);
  });

  it('lasts twice as long each time it comes again, up to a ceiling, and begins anew after a while', () => {
    let hold = holdAfter('rate_limited', undefined, NOW, undefined);
    const lengths = [];
    for (let i = 0; i < 10; i += 1) {
      lengths.push((hold.until - hold.since) / MINUTE);
      hold = holdAfter('rate_limited', hold, hold.until + 1_000, undefined);
    }
    expect(lengths).toEqual([2, 4, 8, 16, 32, 64, 120, 120, 120, 120]);
    expect(holdAfter('rate_limited', hold, hold.until + 24 * HOUR, undefined).until).toBe(
      hold.until + 24 * HOUR + 2 * MINUTE,
    );
  });

  it('is heard once, however many messages were on their way when it came', () => {
    const hold = holdAfter('reach_out_time_lock', undefined, NOW, undefined);
    expect(holdAfter('reach_out_time_lock', hold, NOW + 5_000, undefined)).toBe(hold);
  });
});
