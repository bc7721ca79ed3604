import { type AnyEvent, type EventName, EVENTS, type EventPayload, REASON_NAMES } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.js';
import { NEWS } from './sentences.js';
import { timelineOf } from './timeline.js';

const at = '2026-11-24T10:00:00.000Z';
let position = 1000;
const event = <N extends EventName>(name: N, payload: EventPayload<N>): AnyEvent =>
  ({
    id: 'x',
    position: --position,
    sequence: 1,
    timestamp: at,
    event: name,
    accountId: 'a',
    payload,
    schemaVersion: 1,
  }) as AnyEvent;

type State = EventPayload<'account.status'>['state'];
const status = (state: Partial<State>, statusNote: string | null = null) =>
  event('account.status', {
    state: {
      wanted: 'online',
      status: 'active',
      connection: 'connected',
      reason: 'none',
      userAction: null,
      since: at,
      deadline: null,
      attempt: 0,
      nextAttemptAt: null,
      ...state,
    },
    statusNote,
  });

describe('the timeline', () => {
  it('tells what happened, why, and what is done about it', () => {
    const entries = timelineOf([
      status({}),
      status({ connection: 'reconnecting', reason: 'connection_lost', attempt: 1, nextAttemptAt: at }),
      event('account.error', { message: 'Another place.', reason: 'replaced', action: 'take_over' }),
      event('account.phone_number', { phoneNumber: '+9991', source: 'manual', pushName: null }),
      event('health.finding', { kind: 'queue_still', message: 'Still.', mend: 'Woken.' }),
      status({ status: 'authenticating', connection: 'connecting' }),
      status({ status: 'warming', connection: 'connecting' }),
      event('account.created', { account: {} as never }),
    ]);
    expect(entries.map(({ text, done, tone }) => [tone, text, done])).toEqual([
      ['good', 'It is connected.', null],
      ['warn', 'The connection was lost.', 'It is tried again by itself: attempt 1.'],
      ['bad', 'Another place.', 'It can be used here again.'],
      ['note', 'Its phone number is +9991 (entered by hand; WhatsApp has not confirmed it yet).', null],
      ['warn', 'Still.', 'Woken.'],
      ['note', 'A phone was linked. The link is being verified.', null],
      ['neutral', 'A phone can be linked: a QR code or a pairing code is being made.', null],
      ['neutral', 'The account was added.', null],
    ]);
    expect(entries[1]!.code).toEqual({ event: 'account.status', reason: 'connection_lost' });
  });

  it('makes one line of what is said again and again, and of an error with the state that came with it', () => {
    const qr = () => event('account.qr', { secretId: 'x', text: null, expiresAt: at });
    const entries = timelineOf([
      event('account.error', { message: 'Gone.', reason: 'unlinked', action: 'scan_qr' }),
      status({ wanted: 'offline', status: 'inactive', connection: 'offline', reason: 'unlinked' }, 'Gone.'),
      qr(),
      qr(),
      qr(),
    ]);
    expect(entries.map(({ text, times, tone }) => [text, times, tone])).toEqual([
      ['Gone.', 1, 'bad'],
      ['A QR code was shown.', 3, 'neutral'],
    ]);
  });

  it('tells a number once, and again when somebody else says so', () => {
    const number = (source: 'engine' | 'manual', pushName: string | null) =>
      event('account.phone_number', { phoneNumber: '+9991', source, pushName });
    const told = timelineOf([number('engine', 'Shop'), status({}), number('engine', null), number('manual', null)]);
    expect(told.map(({ text }) => text)).toEqual([
      'It is connected.',
      'Its phone number is +9991 (WhatsApp says so).',
      expect.stringContaining('entered by hand'),
    ]);
  });

  it('says of the way to the network, and of what WhatsApp limits, what follows from it', () => {
    const hold = {
      code: 'rate_limited',
      scope: 'all_but_replies',
      since: at,
      until: at,
      message: 'Slow down.',
    } as const;
    const [id, poolId] = ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'];
    const entries = timelineOf([
      event('governor.lifted', { code: 'rate_limited' }),
      event('governor.hold', { hold }),
      event('account.proxy', { proxy: { proxyId: null, poolId: null } }),
      event('account.proxy', { proxy: { proxyId: id, poolId } }),
      event('account.proxy', { proxy: { proxyId: id, poolId: null } }),
    ]);
    expect(entries.map(({ text, done }) => [text, done])).toEqual([
      ['A limit of WhatsApp is over. What it kept back goes on.', null],
      ['Slow down.', 'It goes on by itself, at 2026-11-24 10:00 UTC at the latest.'],
      ['It was given no proxy: it goes straight to the network.', null],
      ['It was given a proxy of a pool: nothing of it goes by another way.', null],
      ['It was given a proxy: nothing of it goes by another way.', null],
    ]);
    expect(entries[1]!.code).toEqual({ event: 'governor.hold', reason: 'rate_limited' });
  });

  it('knows every event of an account but those that explain nothing: what a person wrote or set, and how its queue stands', () => {
    const silent = ['account.updated', 'account.queue', 'account.messaging', 'account.deleted'];
    const ofAccounts = Object.keys(EVENTS).filter((name) => /^(account|health)\./.test(name));
    expect(ofAccounts.filter((name) => !(NEWS as string[]).includes(name)).toSorted()).toEqual(silent.toSorted());
  });

  it.each(REASON_NAMES.filter((reason) => reason !== 'none'))(
    'has a sentence for an account that rests with %s',
    (reason) => {
      const [entry] = timelineOf([status({ wanted: 'offline', status: 'inactive', connection: 'offline', reason })]);
      expect(entry!.text).toMatch(/\.$/);
    },
  );
});

it.each([
  ['The number +62 812-3456-7890 belongs to “Shop, Jakarta”.', 'The number …90 belongs to “…”.'],
  ['WhatsApp says +9990000000001, not +9990000000002.', 'WhatsApp says …01, not …02.'],
  ['184320557712345@lid wrote', '…@… wrote'],
  ['It is tried again by itself: attempt 12.', 'It is tried again by itself: attempt 12.'],
  ['It ends 2026-01-01 01:00 UTC; +9990000000001 waits.', 'It ends 2026-01-01 01:00 UTC; …01 waits.'],
  ['The number 0000-00-00 000 is one.', 'The number …00 is one.'],
])('redacts “%s”', (text, redacted) => expect(redact(text)).toBe(redacted));
