/**
 * What follows when a fault strikes an account in a phase: one row per fault, one cell per phase. `npm run matrix` drives
 * every cell and writes docs/fault-matrix.md from this table; the rules themselves are in `accounts/machine`.
 */
import type { Reason } from '@trunkline/contracts';
import { again, asks, type Expectation, never, over, resumed, retried, unnoticed, waits } from './expectation.js';
import type { Fault } from './fault.js';
import type { Phase } from './phase.js';

export type Row = Record<Phase, Expectation>;

const AT_LOGIN = never('It answers an attempt to connect; here the connection is open already.');
const NO_DEVICE = never('Nothing is linked yet, so there is no device that it could happen to.');
const NO_NUMBER = never('Which number is to be linked is not known before the phone has answered.');
const NO_PHONE = never('The phone has no part in it: nothing was shown that it could answer.');
const ONLINE = never('The account is not online.');
const OFFLINE = never('The account is online.');
const LINKED = never('The device is linked already.');

/** The proof was lost on its way, so the server does not know the device: the next login is refused. */
const HALF_LINKED = asks('linking_refused', 'retry_initialize');
/** The server had the proof, so the device is linked although nobody told it. */
const LINKED_UNTOLD = (reason: Reason) => retried('authenticating', reason);

/** Happens to an open connection, whatever it is for; heals by a new one. */
const anytime = (reason: Reason, over_: Partial<Row> = {}): Row => ({
  connecting: retried('warming', reason),
  qr: retried('warming', reason),
  code: retried('warming', reason),
  scanned: HALF_LINKED,
  'first-sync': retried('authenticating', reason),
  idle: retried('active', reason),
  sending: retried('active', reason),
  reconnecting: retried('active', reason),
  'logging-out': over,
  resetting: over,
  ...over_,
});

/** Happens to an attempt to connect; heals by the next. */
const atLogin = (reason: Reason, over_: Partial<Row> = {}): Row => ({
  ...anytime(reason),
  qr: AT_LOGIN,
  code: AT_LOGIN,
  scanned: AT_LOGIN,
  idle: AT_LOGIN,
  sending: AT_LOGIN,
  'logging-out': AT_LOGIN,
  ...over_,
});

/** Happens to a linked device. */
const toDevice = (what: Expectation, over_: Partial<Row> = {}): Row => ({
  connecting: NO_DEVICE,
  qr: NO_DEVICE,
  code: NO_DEVICE,
  scanned: NO_DEVICE,
  'first-sync': what,
  idle: what,
  sending: what,
  reconnecting: what,
  'logging-out': over,
  resetting: over,
  ...over_,
});

const everywhere = (what: Expectation): Row => ({
  connecting: what,
  qr: what,
  code: what,
  scanned: what,
  'first-sync': what,
  idle: what,
  sending: what,
  reconnecting: what,
  'logging-out': over,
  resetting: over,
});

/** A silence that began before the server had said anything is found by the timer over the first word. */
const timeOut = (status: 'warming' | 'authenticating' | 'active') => retried(status, 'connection_timeout');
/** Silence is found by the keep-alive or by the probe. */
const silence = anytime('connection_lost', {
  connecting: timeOut('warming'),
  idle: retried('active', 'connection_lost', 'deaf'),
  sending: retried('active', 'connection_lost', 'deaf'),
  reconnecting: timeOut('active'),
});
/** The owner is gone, or comes to itself without its lease. */
const ofProcess: Row = { ...everywhere(resumed), scanned: HALF_LINKED };
const unlinked = asks('unlinked', 'scan_qr');
const replaced = asks('replaced', 'take_over');
const banned = asks('banned', 'contact_whatsapp', 'banned');
const refused = asks('linking_refused', 'retry_initialize');
const nobodyScans = asks('qr_expired', 'retry_initialize');

export const MATRIX: Record<Fault, Row> = {
  'device-removed': toDevice(unlinked, { 'first-sync': refused }),
  replaced: toDevice(replaced),
  'restart-required': anytime('restart_required', {
    connecting: again,
    qr: again,
    code: again,
    'first-sync': again,
    idle: again,
    sending: again,
  }),
  'stream-503': anytime('unavailable'),
  'stream-unknown': anytime('server_error'),
  'failure-401': atLogin('unlinked', { connecting: refused, 'first-sync': refused, reconnecting: unlinked }),
  'failure-402': atLogin('temporarily_banned', {
    connecting: waits('temporarily_banned'),
    'first-sync': waits('temporarily_banned'),
    reconnecting: waits('temporarily_banned'),
  }),
  'failure-403': atLogin('banned', { connecting: refused, 'first-sync': banned, reconnecting: banned }),
  'failure-405': atLogin('client_outdated'),
  'failure-409': atLogin('client_outdated'),
  'failure-500': atLogin('server_error'),
  'failure-503': atLogin('unavailable'),
  'failure-bare': atLogin('server_error'),
  'end-of-stream': anytime('connection_closed'),
  'websocket-closed': anytime('connection_closed'),
  'tcp-reset': anytime('connection_closed'),
  refused: atLogin('network_unreachable'),
  'tls-untrusted': atLogin('network_unreachable'),
  'no-server-hello': atLogin('connection_timeout'),
  'silent-login': atLogin('connection_timeout', {
    connecting: never('A device that is to be linked asks nothing before it shows its QR.'),
  }),
  'black-hole': silence,
  'http-429': atLogin('rate_limited'),
  'http-403': atLogin('unavailable'),
  'upgrade-unanswered': atLogin('connection_timeout'),
  'garbage-frame': anytime('bad_frame'),
  'bad-certificate': atLogin('bad_certificate'),

  'slow-link': everywhere(unnoticed),
  'half-open': silence,
  deaf: anytime('deaf', {
    connecting: timeOut('warming'),
    qr: nobodyScans,
    code: nobodyScans,
    scanned: LINKED_UNTOLD('connection_closed'),
    'first-sync': timeOut('authenticating'),
    reconnecting: timeOut('active'),
  }),
  'duplicate-connection': toDevice(replaced, {
    'first-sync': never('The session is not whole yet: nobody can have a copy of it.'),
    reconnecting: unnoticed,
  }),
  dns: atLogin('network_unreachable'),
  'ban-temporary': toDevice(waits('temporarily_banned')),
  'ban-final': toDevice(banned),
  'unlinked-online': toDevice(unlinked, { 'first-sync': refused, reconnecting: ONLINE, resetting: ONLINE }),
  'unlinked-offline': toDevice(unlinked, {
    'first-sync': OFFLINE,
    idle: OFFLINE,
    sending: OFFLINE,
    'logging-out': OFFLINE,
  }),
  'phone-offline': { ...everywhere(unnoticed), connecting: NO_PHONE, qr: nobodyScans, code: nobodyScans },
  passkey: {
    ...everywhere(LINKED),
    connecting: NO_PHONE,
    qr: asks('passkey_required', 'retry_initialize'),
    code: asks('passkey_required', 'retry_initialize'),
    'logging-out': LINKED,
    resetting: LINKED,
  },
  'qr-refused': {
    ...everywhere(LINKED),
    connecting: never('No QR is shown yet.'),
    qr: asks('qr_refused', 'retry_initialize'),
    code: asks('qr_refused', 'retry_initialize'),
    'logging-out': LINKED,
    resetting: LINKED,
  },
  'number-changed': toDevice(asks('number_changed', 'scan_qr'), {
    connecting: NO_NUMBER,
    qr: NO_NUMBER,
    code: NO_NUMBER,
    // The device is gone before it could be told why.
    'first-sync': refused,
    reconnecting: unlinked,
  }),
  'client-too-old': atLogin('client_outdated'),
  // Of a proxy that dies after the proof was through; before, it is as any other line that ends (`HALF_LINKED`).
  'proxy-dead': anytime('proxy', { scanned: LINKED_UNTOLD('proxy') }),
  'clock-hour-ahead': everywhere(unnoticed),
  'clock-hour-back': everywhere(unnoticed),
  'clock-month-ahead': everywhere(unnoticed),
  'database-gone': ofProcess,
  'worker-killed': ofProcess,
  'worker-paused': ofProcess,
};
