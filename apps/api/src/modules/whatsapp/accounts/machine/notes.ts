import type { Reason } from '@trunkline/contracts';

/** One sentence for each reason: what happened, for people. What to do about it is the user action's button. */
export const NOTES: Record<Reason, string> = {
  none: '',
  connecting: 'Connecting to WhatsApp.',
  restart_required: 'WhatsApp asked for a new connection.',
  connection_lost: 'The connection was lost.',
  connection_closed: 'WhatsApp closed the connection.',
  connection_timeout: 'WhatsApp did not answer in time.',
  network_unreachable: 'WhatsApp cannot be reached from this server.',
  proxy: 'The proxy of this account does not work.',
  server_error: 'WhatsApp reported a fault of its own.',
  unavailable: 'WhatsApp is not available at the moment.',
  rate_limited: 'WhatsApp asked this server to slow down.',
  bad_frame: 'WhatsApp sent something that could not be read.',
  deaf: 'The connection was open and answered nothing.',
  bad_certificate: 'The server could not prove that it is WhatsApp.',
  client_outdated: 'WhatsApp asks for a newer client version.',
  lease_lost: 'Another worker took the account over.',
  qr_expired: 'No phone scanned the QR.',
  linking_timeout: 'Linking was not finished within five minutes.',
  linking_refused: 'WhatsApp refused to link this device.',
  qr_refused:
    'WhatsApp ended each connection that showed a QR. Look at the phone for what it says, and try again later.',
  passkey_required:
    'WhatsApp asks for a passkey to link this phone, which a server cannot give. Try again with another number, or later.',
  phone_number_missing: 'The phone number could not be found within 60 seconds. Enter it by hand.',
  phone_number_conflict: 'Another phone than before was linked.',
  phone_number_taken: 'The phone that was linked belongs to another account here.',
  number_changed: 'The phone has another number now, which ended the link. Link it again.',
  replaced:
    'WhatsApp ended this connection because the same session was opened in another place, so it was stopped here. ' +
    'Take it over if it belongs here.',
  logged_out: 'The account was logged out.',
  unlinked: 'The phone has unlinked this device. Scan a new QR to link it again.',
  multi_device_mismatch: 'The phone and this device no longer agree. Scan a new QR to link it again.',
  session_missing: 'The saved session is missing. Scan a new QR.',
  session_incomplete: 'The saved session is incomplete. Scan a new QR.',
  session_corrupted: 'The saved session cannot be read. Scan a new QR.',
  session_expired: 'The saved session is older than 14 days.',
  disconnected_by_user: 'Disconnected by user.',
  reset_by_user: 'Account reset by user.',
  temporarily_banned: 'WhatsApp has banned this number for some time.',
  banned: 'WhatsApp has banned this number.',
};

/** Of a session that cannot be used: which of it is wrong, where that is known. */
export const noteOf = (reason: Reason, detail: string): string =>
  detail !== '' && (reason === 'session_incomplete' || reason === 'session_corrupted')
    ? NOTES[reason].replace('. ', `: ${detail}. `)
    : NOTES[reason];

/** The first 440 after a session was copied to here: it is the original that came back. */
export const ORIGINAL_RUNS: Record<'backup' | 'import', string> = {
  backup:
    'The original still runs: this account was restored from a backup, and WhatsApp ended its connection because the session ' +
    'was opened in the other place. Stop the original for good, then take it over here.',
  import:
    'The original still runs: this session was imported, and WhatsApp ended its connection because the program that it came ' +
    'from opened it again. Stop that program for good, then take it over here.',
};

/** As "2026-11-27 01:24 UTC": a note is read by people of every zone. */
export const minuteOf = (at: string | number | Date): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
