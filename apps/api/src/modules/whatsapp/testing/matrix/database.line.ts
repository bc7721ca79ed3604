import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketUrl } from '../../../../processes/postgres/url.js';

const SOCKET = '.s.PGSQL.5432';

/** The way to a PostgreSQL, which can be cut: who is connected loses the connection, and who comes is refused. */
export class DatabaseLine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'trunkline-line-'));
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  /** @param url as `socketUrl` makes it */
  constructor(private readonly target: string) {}

  get url(): string {
    const { username, pathname } = new URL(this.target);
    return socketUrl(this.#folder, decodeURIComponent(username), decodeURIComponent(pathname.slice(1)));
  }

  async open(): Promise<void> {
    const path = join(new URL(this.target).searchParams.get('host')!, SOCKET);
    this.#server = createServer((near) => {
      const far = connect(path);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy()).on('close', () => other.destroy() && this.#sockets.delete(one));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server!.listen(join(this.#folder, SOCKET), resolve));
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async close(): Promise<void> {
    await this.cut();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
