import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Where Next's development server talks to the browser about changed code. */
const reloadPath = /^\/_next\/(webpack-)?hmr/;

/** `npm run dev` only: passes the socket of hot reload on to the pages' process, byte by byte. */
export function tunnelReload(server: Server, pagesUrl: string): void {
  const { hostname, port } = new URL(pagesUrl);
  server.on('upgrade', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    if (!reloadPath.test(request.url ?? '')) return;
    const pages = connect(Number(port), hostname, () => {
      pages.write(`${headOf(request)}\r\n\r\n`);
      pages.write(head);
      pages.pipe(client).pipe(pages);
    });
    // Either end may go at any time; the browser connects again by itself.
    pages.on('error', () => client.destroy());
    client.on('error', () => pages.destroy());
  });
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return [`${method} ${url} HTTP/1.1`, ...lines].join('\r\n');
}
