/** Where media are, and the word by which this account may upload: asked of the server, and kept while it is good. */
import { getAllBinaryNodeChildren, getBinaryNodeChild } from 'baileys';
import { SERVER, type Wire } from '../connection/wire.js';

export interface MediaHosts {
  auth: string;
  /** With port where there is one. */
  names: string[];
}

/** Asked anew a little before it runs out. */
const MARGIN_MS = 60_000;

export class MediaConnection {
  private known: { hosts: MediaHosts; until: number } | undefined;
  private asking: Promise<MediaHosts | undefined> | undefined;

  constructor(private readonly wire: Wire) {}

  /** Undefined when the server does not say. */
  hosts(): Promise<MediaHosts | undefined> {
    if (this.known && performance.now() < this.known.until) return Promise.resolve(this.known.hosts);
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** The hosts do not know the word any more. */
  forget(hosts: MediaHosts): void {
    if (this.known?.hosts === hosts) this.known = undefined;
  }

  private async ask(): Promise<MediaHosts | undefined> {
    const attrs = { to: SERVER, type: 'set', xmlns: 'w:m' };
    const answer = await this.wire.ask({ tag: 'iq', attrs, content: [{ tag: 'media_conn', attrs: {} }] });
    const node = answer.ok ? getBinaryNodeChild(answer.node, 'media_conn') : undefined;
    if (!node?.attrs.auth) return undefined;
    const names = getAllBinaryNodeChildren(node)
      .map(({ tag, attrs: { hostname } }) => (tag === 'host' ? hostname : undefined))
      .filter((name) => name !== undefined);
    const hosts = { auth: node.attrs.auth, names };
    const ttl = Number(node.attrs.auth_ttl ?? node.attrs.ttl) * 1000 || MARGIN_MS;
    this.known = { hosts, until: performance.now() + Math.max(0, ttl - MARGIN_MS) };
    return hosts;
  }
}
