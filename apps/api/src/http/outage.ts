/** SQLSTATE classes and codes that say the server went away or is not taking part: connection, shutdown, too many. */
const sqlStates = /^(08|57P0|53300)/;
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
/** What the driver says in words only. */
const words =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** True when the database could not be reached: nothing is wrong with the request, and it may be sent again. */
export function isDatabaseOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = '', syscall } = cause as NodeJS.ErrnoException;
    if (sqlStates.test(code) || words.test(cause.message)) return true;
    if (systemCodes.has(code) && (syscall === 'connect' || syscall === 'read' || syscall === 'write')) return true;
  }
  return false;
}
