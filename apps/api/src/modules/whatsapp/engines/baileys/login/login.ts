/**
 * From an accepted login to an open connection, and what is looked after once a day.
 *
 * A client that stays open asks for its settings about once a day, and after a dropped connection says no more than that it is
 * active. Baileys asks everything at each connection: how many prekeys are left, whether the server has our keys, its
 * properties, the blocklist, the privacy settings; and writes its credentials twice. Here a restart is a dropped connection: one
 * query stands between the accepted login and the open connection, and what was learnt is kept with the credentials.
 *
 * That the prekeys do not run out is seen by each probe of the line, which asks for their number (`BaileysSession.probe`),
 * and told by the server itself.
 */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { SERVER } from '../connection/wire.js';
import { writeCreds, type KeptCreds } from '../records/creds.js';
import { readProps } from './props.js';

const DAY_MS = 24 * 60 * 60_000;

export class Login {
  constructor(
    private readonly account: AccountContext,
    private readonly readBlocklist: () => Promise<void>,
  ) {
    Object.assign(account.socket.serverProps, this.creds.props);
  }

  /** Resolves when the server has answered that we are active; a server that does not is found by the patience over it. */
  async accepted({ attrs }: BinaryNode): Promise<void> {
    const { socket, wire } = this.account;
    const due = this.isDue;
    if (due) await socket.uploadPreKeysToServerIfRequired();
    const active = await wire.ask(query('set', 'passive', { tag: 'active', attrs: {} }));
    if (!active.ok && active.failure !== 'refused') return;
    if (due) await this.checkBundle();
    if (attrs.lid) await this.named(attrs.lid, due);
    socket.ev.emit('connection.update', { connection: 'open' });
    const lookedAfter = due ? this.lookAfter() : undefined;
    void socket.sendUnifiedSession();
    await lookedAfter;
  }

  private get creds(): KeptCreds {
    return this.account.creds;
  }

  /** Also when the clock was set back meanwhile. */
  private get isDue(): boolean {
    const ago = Date.now() - (this.creds.lookedAfterAt ?? 0);
    return ago < 0 || ago >= DAY_MS;
  }

  private async checkBundle(): Promise<void> {
    const answer = await this.account.wire.ask(query('get', 'encrypt', { tag: 'digest', attrs: {} }));
    if (answer.ok && !getBinaryNodeChild(answer.node, 'digest')) await this.account.socket.uploadPreKeys();
  }

  /** The server says which LID is ours. */
  private async named(lid: string, due: boolean): Promise<void> {
    const { creds, socket, signal } = this.account;
    if (!creds.me || (creds.me.lid === lid && !due)) return;
    socket.ev.emit('creds.update', { me: { ...creds.me, lid } });
    // Nothing where the device itself is named by its LID.
    await signal.mapping.storeLIDPNMappings([{ lid, pn: creds.me.id }]);
    await signal.sessions.moveHome(creds.me.id);
  }

  /** Behind the open connection: nobody waits for it. Tried again at the next login where an answer is missing. */
  private async lookAfter(): Promise<void> {
    const { wire, journal } = this.account;
    const asked = {
      tag: 'props',
      attrs: { protocol: '1', ...(this.creds.lastPropHash && { hash: this.creds.lastPropHash }) },
    };
    const [props] = await Promise.all([
      wire.ask(query('get', 'abt', asked)),
      this.readBlocklist(),
      wire.ask(query('get', 'privacy', { tag: 'privacy', attrs: {} })),
    ]);
    if (!props.ok) return;
    const { hash, known } = readProps(props.node);
    Object.assign(this.account.socket.serverProps, known);
    Object.assign(this.creds, { props: { ...this.creds.props, ...known }, lookedAfterAt: Date.now() });
    if (hash) this.creds.lastPropHash = hash;
    writeCreds(journal, this.creds);
  }
}

const query = (type: 'get' | 'set', xmlns: string, child: BinaryNode): BinaryNode => ({
  tag: 'iq',
  attrs: { to: SERVER, type, xmlns },
  content: [child],
});

/** How many one-time prekeys the server still has; undefined when the answer does not say. */
export function prekeysLeft(answer: BinaryNode): number | undefined {
  const left = Number(getBinaryNodeChild(answer, 'count')?.attrs.value);
  return Number.isInteger(left) ? left : undefined;
}
