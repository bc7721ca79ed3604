/** How a proxy is reached: plain, and never logged. */
export interface ProxyAddress {
  kind: 'http' | 'socks5';
  host: string;
  port: number;
  credentials?: { username: string; password: string };
}

/**
 * The proxy did not let us through: it is away, refuses us, or could not reach the other side. Its message names neither
 * user nor password; what a library threw is not kept, since that may hold both.
 */
export class ProxyError extends Error {
  override name = 'ProxyError';
  /** As a system error has one, so that who only sees the end of a connection knows why. */
  readonly code = 'EPROXY';
}
