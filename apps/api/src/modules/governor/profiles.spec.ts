import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneRoot } from '../../config/clone-root.js';
import { BOUNDS, type Governed, limitsOf, PROFILES, profileOf } from './profiles.js';

const now = new Date('2026-02-01T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);
const account = (over: Partial<Governed> = {}): Governed => ({
  network: 'whatsapp',
  linkedAt: now,
  profile: 'auto',
  settings: {},
  ...over,
});

describe('the profile of an account', () => {
  it('follows from its network and the age of its number', () => {
    expect(profileOf(account(), now)).toBe('new');
    expect(profileOf(account({ linkedAt: null }), now)).toBe('new');
    expect(profileOf(account({ linkedAt: daysAgo(28) }), now)).toBe('settled');
    expect(profileOf(account({ settings: { numberSince: '2024-01-01' } }), now)).toBe('settled');
    expect(profileOf(account({ network: 'sandbox' }), now)).toBe('sandbox');
  });

  it('is never the sandbox’s for an account of WhatsApp, whatever the row says', () => {
    expect(profileOf(account({ profile: 'sandbox' }), now)).toBe('new');
    expect(profileOf(account({ network: 'sandbox', profile: 'new' }), now)).toBe('new');
  });

  it('warms up: more each week, and what a person set counts below that only', () => {
    const perDay = [0, 3, 7, 14, 21, 28].map((days) => limitsOf(account({ linkedAt: daysAgo(days) }), now).perDay);
    expect(perDay).toEqual([20, 40, 100, 200, 400, PROFILES.settled.perDay]);
    expect(limitsOf(account({ settings: { perDay: 300 } }), now).perDay).toBe(20);
    expect(limitsOf(account({ settings: { perDay: 5 } }), now).perDay).toBe(5);
  });

  it('counts a setting above its bound as the bound', () => {
    const limits = limitsOf(account({ settings: { perMinute: 60, firstContactsPerDay: 250 } }), now);
    expect(limits.pace.everyMs).toBe(5_000);
    expect(limits.firstContactsPerDay).toBe(3);
  });

  it('has a pause by chance after each message, of up to half its pace', () => {
    expect([limitsOf(account(), now).jitter, limitsOf(account({ profile: 'settled' }), now).jitter]).toEqual([
      0.5, 0.5,
    ]);
  });

  it('is what docs/operations/governor.md says, with its bounds and the days of the warm-up', () => {
    const page = readFileSync(join(cloneRoot, 'docs/operations/governor.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) +\|$/gm)].map(([, row]) => row!.split(/ *\| */));
    const told = (heading: string) => rows.find(([first]) => first === heading)?.slice(1) ?? [];
    const number = (value: number) => value.toLocaleString('en-US');
    const { new: fresh, settled } = PROFILES;
    const first = limitsOf(account(), now);
    const span = { perDay: `${first.perDay} to `, firstContactsPerDay: `${first.firstContactsPerDay} to ` };
    for (const [heading, key] of [
      ['messages at once', 'burst'],
      ['messages a minute, in the long run', 'perMinute'],
      ['messages in any 24 hours', 'perDay'],
      ['first contacts at once', 'firstContactBurst'],
      ['first contacts an hour', 'firstContactsPerHour'],
      ['first contacts in any 24 hours', 'firstContactsPerDay'],
    ] as const) {
      const from = key in span ? span[key as keyof typeof span] : '';
      const bounds = `${number(BOUNDS.new[key])} / ${number(BOUNDS.settled[key])}`;
      expect([heading, ...told(heading)]).toEqual([heading, from + number(fresh[key]), number(settled[key]), bounds]);
    }
    for (const days of [0, 3, 7, 14, 21, 28]) {
      const { perDay, firstContactsPerDay } = limitsOf(account({ linkedAt: daysAgo(days) }), now);
      expect(told(`${days}`)).toEqual([number(perDay), number(firstContactsPerDay)]);
    }
  });

  it('has quiet hours unless a person takes them away', () => {
    expect(limitsOf(account(), now).quietHours).toEqual({ from: '21:00', to: '08:00' });
    expect(limitsOf(account({ settings: { quietHours: null } }), now).quietHours).toBeNull();
  });
});
