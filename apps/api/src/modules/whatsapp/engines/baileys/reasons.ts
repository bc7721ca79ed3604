/**
 * Why a connection ended: one table from what the library reports (protocol.md B.9) to the closed list of reasons. First
 * row that fits wins. 408 stands for four different things, and 401 for three, so messages and data are looked at.
 */
import type { Reason } from '@trunkline/contracts';

/** What Baileys reports: a Boom's status code, its data, its message. */
export interface Ending {
  code: number | null;
  message: string;
  data?: unknown;
  /** No credentials yet: the end of an attempt to link. */
  linking: boolean;
}

export interface Closing {
  reason: Reason;
  code: number | null;
  detail: string;
  retryAfterSeconds?: number;
  /** Milliseconds since 1970: the end of a temporary ban. */
  until?: number;
}

interface Row {
  reason: Reason;
  code?: number | readonly number[];
  /** Of the stream error's child, or of the failure. */
  type?: string;
  message?: RegExp;
  /** The system's error code behind a WebSocket error. */
  errno?: RegExp;
  linking?: boolean;
}

const UNREACHABLE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNRESET|EPIPE|EPROTO|CERT_|DEPTH_|UNABLE_|SELF_|ERR_TLS_|ERR_SSL_)/;

const TABLE: readonly Row[] = [
  { reason: 'proxy', errno: /^EPROXY$/ },
  { reason: 'bad_certificate', message: /certifica/i, code: 400 },
  { reason: 'qr_expired', message: /QR refs/ },
  { reason: 'linking_refused', message: /account signature/i },
  { reason: 'proxy', code: 407 },
  { reason: 'connection_timeout', errno: /^ETIMEDOUT/ },
  { reason: 'network_unreachable', errno: UNREACHABLE },
  { reason: 'connection_timeout', message: /timed out/i },
  { reason: 'network_unreachable', message: /^WebSocket Error/ },
  { reason: 'connection_lost', message: /was lost/ },
  { reason: 'restart_required', code: 515 },
  { reason: 'replaced', code: 440 },
  { reason: 'replaced', type: 'replaced' },
  { reason: 'unlinked', type: 'device_removed' },
  { reason: 'linking_refused', code: [400, 401, 403, 404, 406], linking: true },
  { reason: 'unlinked', code: [401, 406] },
  { reason: 'temporarily_banned', code: 402 },
  { reason: 'banned', code: 403 },
  { reason: 'client_outdated', code: [405, 409] },
  { reason: 'multi_device_mismatch', code: 411 },
  { reason: 'rate_limited', code: 429 },
  { reason: 'unavailable', code: [502, 503, 504] },
  { reason: 'connection_closed', code: 428 },
  { reason: 'connection_lost', code: 408 },
];

export function closingOf(ending: Ending): Closing {
  const row = TABLE.find((each) => fits(each, ending));
  const reason = row?.reason ?? 'server_error';
  const closing: Closing = { reason, code: ending.code, detail: ending.message };
  const until = reason === 'temporarily_banned' ? banEnd(ending.data) : undefined;
  if (until !== undefined) closing.until = until;
  return closing;
}

/** An upgrade that was answered with anything but 101 (S10). */
export function closingOfUpgrade(status: number, retryAfter: string | undefined): Closing {
  const reason = UPGRADES[status] ?? (status >= 500 ? 'unavailable' : 'server_error');
  const closing: Closing = { reason, code: status, detail: `the server answered the upgrade with ${status}` };
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds) && seconds > 0) closing.retryAfterSeconds = seconds;
  return closing;
}

const UPGRADES: Record<number, Reason> = {
  403: 'unavailable',
  405: 'client_outdated',
  407: 'proxy',
  429: 'rate_limited',
};

function fits(row: Row, ending: Ending): boolean {
  if (row.code !== undefined && (ending.code === null || ![row.code].flat().includes(ending.code))) return false;
  if (row.linking !== undefined && row.linking !== ending.linking) return false;
  if (row.message && !row.message.test(ending.message)) return false;
  if (row.type && attributes(ending.data).type !== row.type) return false;
  return !row.errno || row.errno.test(errno(ending.data));
}

/** A failure hands over its attributes, a stream error its child. */
function attributes(data: unknown): Record<string, unknown> {
  const value = (data ?? {}) as { attrs?: Record<string, unknown> } & Record<string, unknown>;
  return value.attrs ?? value;
}

const errno = (data: unknown): string => String((data as { code?: unknown } | undefined)?.code ?? '');

/** Further away is no time that anybody could tell. */
const LONGEST_BAN_MS = 366 * 86_400_000;

/** `expire` is the seconds that are left; a value that can only be a date is taken for one. */
function banEnd(data: unknown): number | undefined {
  const expire = Number(attributes(data).expire);
  if (!Number.isFinite(expire) || expire <= 0) return undefined;
  const until = expire > 1_000_000_000 ? expire * 1000 : Date.now() + expire * 1000;
  return Math.min(until, Date.now() + LONGEST_BAN_MS);
}
