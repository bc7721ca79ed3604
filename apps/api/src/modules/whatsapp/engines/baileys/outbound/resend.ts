/**
 * Answers a device that could not read a message and asks for it again (protocol.md B.6, "Retry"): a new session, from the
 * keys it sent along or from the server, and the stored message once more under the same id, to that device alone.
 */
import { getBinaryNodeChild, getBinaryNodeChildUInt, jidDecode, type BinaryNode, type proto } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { DeviceLists } from './device.lists.js';
import { encNode, encode, identityNode } from './envelopes.js';
import { ownDevice } from './own.address.js';
import { copyFor } from './person.message.js';
import { keepSent, readSent, type SentMessage } from './sent.messages.js';
import { readBundle, type SessionStarter } from './session.starter.js';
import { messageStanza } from './stanza.js';

/** For one message and one device, over restarts: a device that never can read it must not keep us busy. */
const MOST_TIMES = 5;

export class Resend {
  constructor(
    private readonly account: AccountContext,
    private readonly devices: DeviceLists,
    private readonly starter: SessionStarter,
  ) {}

  async answer(receipt: BinaryNode): Promise<void> {
    const { id, from, participant } = receipt.attrs;
    const device = participant ?? from;
    const sent = id && (await readSent(this.account.journal, id));
    if (!id || !device || !sent || !(await this.isFor(sent, receipt, device))) return;
    const times = (sent.asked?.[device] ?? 0) + 1;
    if (times > MOST_TIMES) return;
    keepSent(this.account.journal, id, { ...sent, asked: { ...sent.asked, [device]: times } });
    await this.renewSession(receipt, device);
    await this.account.wire.send(await this.stanza(id, sent, receipt, device));
  }

  private async stanza(id: string, sent: SentMessage, receipt: BinaryNode, device: string): Promise<BinaryNode> {
    const isGroup = sent.to.endsWith('@g.us');
    const own = this.account.people.isMe(device);
    const message = isGroup ? await this.withKey(sent) : sent.message;
    const encrypted = await this.account.signal.sessions.encrypt(
      device,
      encode(own ? copyFor(sent.to, message) : message),
    );
    const count = getBinaryNodeChild(receipt, 'retry')?.attrs.count ?? '1';
    const address: Record<string, string> & { to: string } = isGroup
      ? { to: sent.to, participant: device }
      : { to: device, device_fanout: 'false', ...(own ? { recipient: sent.to } : {}) };
    const { to, ...attrs } = address;
    const content = [
      encNode(encrypted, { ...sent.encAttrs, count }),
      identityNode(this.account.creds),
      ...(sent.nodes ?? []),
    ];
    return messageStanza({ id, to, attrs: { ...sent.attrs, ...attrs }, content });
  }

  /** The member may have missed our sender key, too. */
  private async withKey({ to, message }: SentMessage): Promise<proto.IMessage> {
    const { creds, signal } = this.account;
    for (const byLid of [true, false]) {
      const me = ownDevice(creds, byLid);
      if (!(await signal.groups.has(to, me))) continue;
      const key = await signal.groups.distribution(to, me);
      return { ...message, senderKeyDistributionMessage: { groupId: to, axolotlSenderKeyDistributionMessage: key } };
    }
    return message;
  }

  private async renewSession(receipt: BinaryNode, device: string): Promise<void> {
    const keys = getBinaryNodeChild(receipt, 'keys');
    const bundle = keys && readBundle(keys, getBinaryNodeChildUInt(receipt, 'registration', 4));
    if (bundle) await this.account.signal.sessions.start(device, bundle);
    else await this.starter.renew(device);
  }

  /** Only who is in the chat gets what was said there: the other person, a member, or a device of our own. */
  private async isFor({ to }: SentMessage, { attrs }: BinaryNode, device: string): Promise<boolean> {
    const { people } = this.account;
    if (people.isMe(device)) return true;
    if (to.endsWith('@g.us')) return attrs.from === to && (await this.isKnown(device));
    const [person, chat] = [await people.person(device), await people.person(to)];
    if (!person || !chat) return false;
    return (person.phone !== null && person.phone === chat.phone) || (person.lid !== null && person.lid === chat.lid);
  }

  /** A device that its owner's list does not name: the list is old, and is asked for again. */
  private async isKnown(device: string): Promise<boolean> {
    const decoded = jidDecode(device);
    const user = `${decoded?.user}@${decoded?.server}`;
    const named = async (): Promise<boolean> => (await this.devices.of([user])).get(user)?.includes(device) ?? false;
    if (await named()) return true;
    await this.devices.forget(user);
    return named();
  }
}
