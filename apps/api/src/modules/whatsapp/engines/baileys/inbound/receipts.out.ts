/** What we answer to a message: that it came, that it must be sent again, or that it is taken (protocol.md B.7). */
import {
  buildAckStanza,
  encodeBigEndian,
  encodeSignedDeviceIdentity,
  getNextPreKeys,
  xmppPreKey,
  xmppSignedPreKey,
} from 'baileys';
import type { BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { Envelope } from './envelope.js';

/** Asked this often for one message, and then no more: one bad contact must not become endless traffic. */
const MOST_RETRIES = 5;
const REMEMBERED = 2_000;
const UNHANDLED = 500;
const KEY_TYPE = Buffer.from([5]);

export class OutgoingReceipts {
  /** How often a message was asked for again, by author and id. */
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly account: AccountContext,
    /** Others see our ticks turn double only while we are shown as online. */
    private readonly isOnline: () => boolean,
  ) {}

  async received(envelope: Envelope): Promise<void> {
    await this.account.wire.send({ tag: 'receipt', attrs: this.attributes(envelope) });
  }

  async historyStored({ id, from }: Envelope): Promise<void> {
    await this.account.wire.send({ tag: 'receipt', attrs: { id, to: from, type: 'hist_sync' } });
  }

  /** The stanza itself is taken; for what needs no receipt. */
  async taken(node: BinaryNode, error?: number): Promise<void> {
    await this.account.wire.send(buildAckStanza(node, error, this.account.creds.me?.id));
  }

  /** Asks the author to encrypt it anew; from the second time on with keys, since the old session may be of no use. */
  async again(node: BinaryNode, { id, author }: Envelope, withKeys: boolean): Promise<void> {
    const count = this.count(`${author} ${id}`);
    if (count > MOST_RETRIES) return this.taken(node, UNHANDLED);
    const { from, participant, recipient, t } = node.attrs;
    const retry = { count: String(count), id, t: t ?? '0', v: '1', error: '0' };
    const content: BinaryNode[] = [
      { tag: 'retry', attrs: retry },
      { tag: 'registration', attrs: {}, content: encodeBigEndian(this.account.creds.registrationId) },
    ];
    if (count > 1 || withKeys) content.push(await this.keys());
    const attrs = { id, type: 'retry', to: from ?? author, ...optional({ participant, recipient }) };
    await this.account.wire.send({ tag: 'receipt', attrs, content });
    await this.taken(node, UNHANDLED);
  }

  private attributes(envelope: Envelope): Record<string, string> {
    const { id, from, author, chat, isGroup, isBroadcast, fromMe, category } = envelope;
    if (category === 'peer') return { id, to: from, type: 'peer_msg' };
    const type = fromMe ? 'sender' : this.isOnline() ? undefined : 'inactive';
    if (isGroup || isBroadcast) return { id, to: from, participant: author, ...optional({ type }) };
    return fromMe ? { id, to: author, recipient: chat, type: 'sender' } : { id, to: from, ...optional({ type }) };
  }

  private count(key: string): number {
    const count = (this.asked.get(key) ?? 0) + 1;
    this.asked.delete(key);
    this.asked.set(key, count);
    for (const oldest of this.asked.keys()) {
      if (this.asked.size <= REMEMBERED) break;
      this.asked.delete(oldest);
    }
    return count;
  }

  /** A bundle of ours, with a new one-time prekey. */
  private async keys(): Promise<BinaryNode> {
    const { creds, socket } = this.account;
    const { update, preKeys } = await getNextPreKeys(socket.authState, 1);
    socket.ev.emit('creds.update', update);
    const [id] = Object.keys(preKeys);
    const key = preKeys[Number(id)];
    if (!key || !creds.account) throw new Error('no keys to send along');
    return {
      tag: 'keys',
      attrs: {},
      content: [
        { tag: 'type', attrs: {}, content: KEY_TYPE },
        { tag: 'identity', attrs: {}, content: creds.signedIdentityKey.public },
        xmppPreKey(key, Number(id)),
        xmppSignedPreKey(creds.signedPreKey),
        { tag: 'device-identity', attrs: {}, content: encodeSignedDeviceIdentity(creds.account, true) },
      ],
    };
  }
}

function optional(attrs: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(attrs).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
