/**
 * The way of one account to the network: everything it sends goes through its proxy, and where the proxy does not let it
 * through, nothing is sent. There is no other way out of here. Names are looked up by the proxy.
 */
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect as secure, type ConnectionOptions } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import type { buildConnector } from 'undici';
import type { Line } from '../../engines/line.js';
import { connectTunnel } from './connect.tunnel.js';
import type { ProxyAddress } from './proxy.js';
import { socksTunnel } from './socks.tunnel.js';

const WITHIN_MS = 15_000;

/** Rejects with `ProxyError`, also when the proxy is silent for 15 s. */
export async function openTunnel(proxy: ProxyAddress, host: string, port: number): Promise<Socket> {
  const plain = host.replace(/^\[|\]$/g, '');
  if (proxy.kind === 'socks5') return socksTunnel(proxy, plain, port, WITHIN_MS);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), WITHIN_MS);
  return connectTunnel(proxy, plain, port, late.signal).finally(() => clearTimeout(timer));
}

/** The library is loaded by the first account that has a proxy. */
export async function proxyLine(proxy: ProxyAddress): Promise<Line> {
  const undici = await import('undici');
  const connect = connectorOf(proxy, undici.buildConnector({}));
  return { agent: new ProxyAgent(proxy), dispatcher: new undici.Agent({ connect }) };
}

/** For WebSockets and for requests of Node's http and https. */
class ProxyAgent extends Agent {
  constructor(private readonly proxy: ProxyAddress) {
    super();
  }

  override async connect(_request: unknown, options: AgentConnectOpts): Promise<Socket> {
    const { host = '', port } = options;
    const socket = await openTunnel(this.proxy, host, Number(port));
    if (!options.secureEndpoint) return socket;
    // The host stays: it is what the certificate must be of. The path would be taken for one of a local socket.
    const { path: _, ...rest } = options as ConnectionOptions & { path?: unknown };
    return secure({ ...rest, socket, ...(isIP(host) ? {} : { servername: rest.servername ?? host }) });
  }
}

/** For `fetch`. */
function connectorOf(proxy: ProxyAddress, finish: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    openTunnel(proxy, options.hostname, port).then(
      (httpSocket) =>
        options.protocol === 'https:' ? finish({ ...options, httpSocket }, callback) : callback(null, httpSocket),
      (error: Error) => callback(error, null),
    );
  };
}
