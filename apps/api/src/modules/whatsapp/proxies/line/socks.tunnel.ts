import type { Socket } from 'node:net';
import type { SocksClientOptions } from 'socks';
import { type ProxyAddress, ProxyError } from './proxy.js';

/**
 * SOCKS5, with the name of the other side handed to the proxy, which looks it up. Resolves with the open tunnel; rejects
 * with `ProxyError`.
 */
export async function socksTunnel(proxy: ProxyAddress, host: string, port: number, withinMs: number): Promise<Socket> {
  const { SocksClient } = await import('socks');
  try {
    const { socket } = await SocksClient.createConnection(optionsOf(proxy, host, port, withinMs));
    return socket;
  } catch (error) {
    throw new ProxyError(wordsOf(error as Error & { code?: string }));
  }
}

function optionsOf({ host, port, credentials }: ProxyAddress, toHost: string, toPort: number, timeout: number) {
  const login = credentials && { userId: credentials.username, password: credentials.password };
  return {
    proxy: { host, port, type: 5, ...login },
    command: 'connect',
    destination: { host: toHost, port: toPort },
    timeout,
  } satisfies SocksClientOptions;
}

/** The library's errors carry its options, password included: only their kind goes on. */
function wordsOf({ message, code }: Error & { code?: string }): string {
  if (/authentication/i.test(message)) return 'The proxy refused user name and password.';
  if (/timed out/i.test(message)) return 'The proxy did not answer in time.';
  if (/rejected/i.test(message)) return 'The proxy could not reach the other side, or does not allow it.';
  const errno = code ?? /\bE[A-Z]{4,}\b/.exec(message)?.[0];
  return `The proxy cannot be reached (${errno ?? 'it is no SOCKS5 proxy, or ended the connection'}).`;
}
