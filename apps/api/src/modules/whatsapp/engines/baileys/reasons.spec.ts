import { REASONS, type Reason } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { closingOf, closingOfUpgrade, type Ending } from './reasons.js';

const ending = (code: number | null, message: string, data?: unknown, linking = false): Ending => ({
  code,
  message,
  data,
  linking,
});

/** Every row of protocol.md B.9. */
const ROWS: [what: string, ending: Ending, reason: Reason][] = [
  [
    'unlinked from the phone',
    ending(401, 'Stream Errored (conflict)', { attrs: { type: 'device_removed' } }),
    'unlinked',
  ],
  ['another server took over', ending(440, 'Stream Errored (conflict)', { attrs: { type: 'replaced' } }), 'replaced'],
  ['restart', ending(515, 'Stream Errored (restart required)', { tag: 'stream:error', attrs: {} }), 'restart_required'],
  ['stream error 503', ending(503, 'Stream Errored (unknown)', { attrs: { code: '503' } }), 'unavailable'],
  ['stream error of any name', ending(500, 'Stream Errored (xml-not-well-formed)', { attrs: {} }), 'server_error'],
  ['failure 401', ending(401, 'Connection Failure', { reason: '401' }), 'unlinked'],
  ['failure 402', ending(402, 'Connection Failure', { reason: '402', expire: '60' }), 'temporarily_banned'],
  ['failure 403', ending(403, 'Connection Failure', { reason: '403' }), 'banned'],
  ['failure 405', ending(405, 'Connection Failure', { reason: '405' }), 'client_outdated'],
  ['failure 409', ending(409, 'Connection Failure', { reason: '409' }), 'client_outdated'],
  ['failure 500', ending(500, 'Connection Failure', {}), 'server_error'],
  ['failure 503', ending(503, 'Connection Failure', { reason: '503' }), 'unavailable'],
  ['failure 429', ending(429, 'Connection Failure', { reason: '429' }), 'rate_limited'],
  ['stream end', ending(428, 'Connection Terminated by Server'), 'connection_closed'],
  ['socket closed', ending(428, 'Connection Terminated'), 'connection_closed'],
  ['refused', ending(408, 'WebSocket Error (connect ECONNREFUSED)', { code: 'ECONNREFUSED' }), 'network_unreachable'],
  ['no such host', ending(408, 'WebSocket Error (getaddrinfo)', { code: 'ENOTFOUND' }), 'network_unreachable'],
  ['an error of several', ending(408, 'WebSocket Error ()', { code: 'ECONNREFUSED' }), 'network_unreachable'],
  ['TCP time-out', ending(408, 'WebSocket Error (connect ETIMEDOUT)', { code: 'ETIMEDOUT' }), 'connection_timeout'],
  ['HTTP time-out', ending(408, 'WebSocket Error (Opening handshake has timed out)', {}), 'connection_timeout'],
  [
    'TLS not trusted',
    ending(500, 'WebSocket Error (unable to verify)', { code: 'UNABLE_TO_VERIFY' }),
    'network_unreachable',
  ],
  ['no ServerHello', ending(408, 'Timed Out'), 'connection_timeout'],
  ['silence', ending(408, 'Connection was lost'), 'connection_lost'],
  ['QR never scanned', ending(408, 'QR refs attempts ended', undefined, true), 'qr_expired'],
  ['certificate', ending(400, 'noise intermediate certificate signature invalid'), 'bad_certificate'],
  ['bad HMAC while linking', ending(500, 'Invalid account signature', undefined, true), 'linking_refused'],
  [
    'bad signature while linking',
    ending(500, 'Failed to verify account signature', undefined, true),
    'linking_refused',
  ],
  ['turned away while linking', ending(401, 'Connection Failure', { reason: '401' }, true), 'linking_refused'],
  ['not multi-device', ending(411, 'Multi-device beta not joined'), 'multi_device_mismatch'],
  ['nothing known', ending(null, 'what'), 'server_error'],
];

it.each(ROWS)('%s', (_what, how, reason) => {
  expect(closingOf(how).reason).toBe(reason);
  expect(REASONS).toHaveProperty(reason);
});

it('says until when a ban lasts', () => {
  const inAnHour = Math.ceil(Date.now() / 1000) + 3_600;
  const { until } = closingOf(ending(402, 'Connection Failure', { expire: '3600' }));
  expect(until).toBeGreaterThan(Date.now() + 3_590_000);
  expect(closingOf(ending(402, 'Connection Failure', { expire: `${inAnHour}` })).until).toBe(inAnHour * 1000);
  // Whatever it says, it is a time that can be told.
  const last = closingOf(ending(402, 'Connection Failure', { expire: '9e15' })).until!;
  expect(last).toBeLessThan(Date.now() + 400 * 86_400_000);
  expect(closingOf(ending(402, 'Connection Failure', {}))).not.toHaveProperty('until');
});

it.each([
  [429, 'rate_limited'],
  [403, 'unavailable'],
  [407, 'proxy'],
  [405, 'client_outdated'],
  [502, 'unavailable'],
  [418, 'server_error'],
] as const)('an upgrade answered with %i is %s', (status, reason) => {
  expect(closingOfUpgrade(status, undefined)).toMatchObject({ reason, code: status });
});

it('passes on how long to wait', () => {
  expect(closingOfUpgrade(429, '120').retryAfterSeconds).toBe(120);
  expect(closingOfUpgrade(429, 'soon')).not.toHaveProperty('retryAfterSeconds');
});
