/** Why a socket ended, in the words of `packages/contracts/src/reason.ts` (the table is protocol.md B.9). */

const byCode = {
  400: 'bad_certificate',
  402: 'temporarily_banned',
  403: 'banned',
  405: 'client_outdated',
  409: 'client_outdated',
  428: 'connection_closed',
  429: 'rate_limited',
  440: 'replaced',
  500: 'server_error',
  503: 'unavailable',
  515: 'restart_required',
};

export function closing(error) {
  const code = error?.output?.statusCode ?? null;
  const detail = error?.message ?? '';
  return { reason: reasonOf(code, detail), code, detail };
}

function reasonOf(code, detail) {
  if (detail === 'Intentional Logout') return 'logged_out';
  if (code === 401) return 'unlinked';
  if (code === 408) return ofTimeout(detail);
  if (code === null) return 'disconnected_by_user';
  return byCode[code] ?? `code ${code}`;
}

/** 408 is three things, told apart by the message alone. */
function ofTimeout(detail) {
  if (detail.startsWith('QR refs')) return 'qr_expired';
  return /timed out/i.test(detail) ? 'connection_timeout' : 'connection_lost';
}
