/**
 * A linked device that has logged in (protocol.md B.5): `success`, a preview of what waits, then what waits, each stanza
 * marked `offline`, then live traffic. What waits is held back until the client says that it is ready for it.
 */
import { randomBytes } from 'node:crypto';
import { LID_DOMAIN, SERVER_JID } from '../protocol/jid.js';
import { child, node, type Node } from '../protocol/node.js';
import type { ClientSession } from './admission.js';
import { alterCiphertexts } from './altered.js';
import type { Connection } from './connection.js';
import { deviceJid, type Device } from './directory.js';
import type { Mail } from './mailbox.js';
import type { Line } from './post.office.js';
import { routingOf } from './routing.js';
import { seconds } from './services.js';
import { submit } from './stanzas.js';
import { answerFaultily } from './faulty.answers.js';
import { replaceOlder } from './unlinking.js';

const FIRST_SYNC_LASTS_MS = 20_000;

export class Session implements ClientSession, Line {
  private readonly isFirst: boolean;
  private flushed = false;
  private syncTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly device: Device,
  ) {
    this.isFirst = device.companion?.arrived !== true;
  }

  start(): void {
    const { connection, device } = this;
    const { services } = connection;
    replaceOlder(services, device);
    connection.device = device;
    services.counts.add('logins');
    services.office.open(device, this);
    this.connection.send(this.success());
    this.connection.send(this.preview());
    connection.send(ib(node('edge_routing', {}, [node('routing_info', {}, routingOf(device))])));
    if (device.companion?.synced) connection.enter('online');
    else this.syncFirst();
  }

  receive(stanza: Node): void {
    const { connection, device } = this;
    if (stanza.tag === 'iq') return this.query(stanza);
    if (connection.deaf) return;
    if (stanza.tag === 'ib') {
      if (child(stanza, 'offline_batch')) this.flush();
      return;
    }
    const answers = submit(connection.services, device, stanza);
    for (const answer of answers) connection.send(answer);
    if (stanza.tag !== 'message') return;
    this.synced();
    connection.suffer('sending');
  }

  deliver(mail: Mail): void {
    if (this.flushed) this.sendMail(mail.stanza);
  }

  tell(stanza: Node): void {
    this.connection.send(stanza);
  }

  closed(): void {
    const { services } = this.connection;
    clearTimeout(this.syncTimer);
    services.office.close(this.device, this);
    if (!services.office.isThere(this.device)) services.presences.gone(this.device);
  }

  private query(iq: Node): void {
    if (iq.attrs.type === 'result' || iq.attrs.type === 'error') return;
    const { connection, device } = this;
    if (child(iq, 'remove-companion-device') && connection.enter('leaving')) return;
    const answer = answerFaultily(connection, device, iq);
    if (answer) connection.send(answer);
    if (iq.attrs.xmlns === 'passive') this.flush();
    if (iq.attrs.xmlns === 'w:sync:app:state') this.synced();
  }

  private syncFirst(): void {
    this.connection.enter('first-sync');
    this.syncTimer = setTimeout(() => this.synced(), FIRST_SYNC_LASTS_MS);
  }

  /** The first time: from here on the connection is as any other. */
  private synced(): void {
    const { companion } = this.device;
    if (!companion || companion.synced) return;
    clearTimeout(this.syncTimer);
    companion.synced = true;
    this.connection.services.directory.putDevice(this.device);
    this.connection.enter('online');
  }

  private flush(): void {
    if (this.flushed) return;
    this.flushed = true;
    const waiting = this.waiting();
    for (const stanza of waiting) this.sendMail({ ...stanza, attrs: { ...stanza.attrs, offline: '0' } });
    this.connection.send(ib(node('offline', { count: String(waiting.length) })));
    if (this.isFirst) this.arrive();
  }

  private arrive(): void {
    if (this.device.companion) this.device.companion.arrived = true;
    this.connection.services.directory.putDevice(this.device);
    for (const stanza of this.mail()) this.sendMail(stanza);
  }

  /** A phone brings a new companion up to date when it is there: at its first login nothing is old. */
  private waiting(): Node[] {
    return this.isFirst ? [] : this.mail();
  }

  private mail(): Node[] {
    const mailbox = this.connection.services.office.mailbox(this.device);
    return mailbox.waiting().map(({ stanza }) => stanza);
  }

  private sendMail(stanza: Node): void {
    const { connection, device } = this;
    const { counts, faults } = connection.services;
    counts.add(`delivered:${stanza.tag}`);
    const moment = { account: device.user.pn, phase: connection.phase };
    const isAltered = stanza.tag === 'message' && faults.strike(moment, ['altered-delivery']);
    connection.send(isAltered ? alterCiphertexts(stanza) : stanza);
    if (faults.strike(moment, ['duplicate-delivery'])) connection.send(stanza);
  }

  private success(): Node {
    const { user, companion } = this.device;
    return node('success', {
      t: String(seconds(this.connection.services.clock)),
      props: '27',
      companion_enc_static: randomBytes(32).toString('base64'),
      lid: deviceJid(this.device, LID_DOMAIN),
      display_name: user.pushName,
      creation: String(companion?.linkedAt ?? 0),
    });
  }

  /** How much of each kind waits. */
  private preview(): Node {
    const waiting = this.waiting();
    const of = (tag: string): string => String(waiting.filter((stanza) => stanza.tag === tag).length);
    const [message, notification, receipt, call] = ['message', 'notification', 'receipt', 'call'].map(of);
    const attrs = { count: String(waiting.length), message, notification, receipt, call, appdata: '0' };
    return ib(node('offline_preview', attrs));
  }
}

export function ib(content: Node): Node {
  return node('ib', { from: SERVER_JID }, [content]);
}
