/**
 * Why an account is in the state it is in: a closed list. Each reason is of one class, and the class decides who acts:
 * `transient` is retried by itself, `person` waits for a person, `final` cannot be mended with this number.
 */
export const REASONS = {
  none: 'transient',
  connecting: 'transient',
  restart_required: 'transient',
  connection_lost: 'transient',
  connection_closed: 'transient',
  connection_timeout: 'transient',
  network_unreachable: 'transient',
  proxy: 'transient',
  server_error: 'transient',
  unavailable: 'transient',
  rate_limited: 'transient',
  bad_frame: 'transient',
  deaf: 'transient',
  bad_certificate: 'transient',
  client_outdated: 'transient',
  lease_lost: 'transient',
  qr_expired: 'person',
  linking_timeout: 'person',
  linking_refused: 'person',
  qr_refused: 'person',
  passkey_required: 'person',
  phone_number_missing: 'person',
  phone_number_conflict: 'person',
  phone_number_taken: 'person',
  number_changed: 'person',
  replaced: 'person',
  logged_out: 'person',
  unlinked: 'person',
  multi_device_mismatch: 'person',
  session_missing: 'person',
  session_incomplete: 'person',
  session_corrupted: 'person',
  session_expired: 'person',
  disconnected_by_user: 'person',
  reset_by_user: 'person',
  temporarily_banned: 'person',
  banned: 'final',
} as const;
export type Reason = keyof typeof REASONS;
export type ReasonClass = (typeof REASONS)[Reason];
export const REASON_NAMES = Object.keys(REASONS) as [Reason, ...Reason[]];

/** What a person can do about it: each is a button on the page and a verb of the API. */
export const USER_ACTIONS = [
  'update_phone',
  'confirm_number',
  'open_account',
  'retry_initialize',
  'reconnect',
  'reset',
  'try_session',
  'scan_qr',
  'take_over',
  'wait',
  'contact_whatsapp',
] as const;
export type UserAction = (typeof USER_ACTIONS)[number];
