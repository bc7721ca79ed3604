import { request } from 'node:http';
import type { Socket } from 'node:net';
import { type ProxyAddress, ProxyError } from './proxy.js';

/**
 * HTTP CONNECT: the name of the other side is handed to the proxy, which looks it up. Resolves with the open tunnel.
 * Rejects with `ProxyError`.
 */
export function connectTunnel(proxy: ProxyAddress, host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const headers = { host: path, ...authorization(proxy) };
  return new Promise((resolve, reject) => {
    const asked = request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path,
      headers,
      agent: false,
      signal,
    });
    asked.once('error', (error: NodeJS.ErrnoException) => reject(new ProxyError(awayOf(error))));
    asked.once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(new ProxyError(REFUSALS[statusCode] ?? `The proxy answered CONNECT with ${statusCode}.`));
    });
    // An answer to CONNECT that is no tunnel comes as a response from servers that do not know the method.
    asked.once('response', (response) => {
      response.resume();
      reject(new ProxyError('This is no proxy: it does not know CONNECT.'));
    });
    asked.end();
  });
}

const REFUSALS: Record<number, string> = {
  407: 'The proxy refused user name and password.',
  403: 'The proxy does not allow this connection.',
  502: 'The proxy could not reach the other side.',
  504: 'The proxy could not reach the other side in time.',
};

function authorization({ credentials }: ProxyAddress): Record<string, string> {
  if (!credentials) return {};
  const { username, password } = credentials;
  return { 'proxy-authorization': `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

const awayOf = ({ code, name }: NodeJS.ErrnoException): string =>
  name === 'AbortError' ? 'The proxy did not answer in time.' : `The proxy cannot be reached (${code ?? name}).`;
