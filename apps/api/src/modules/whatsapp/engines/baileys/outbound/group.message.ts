/** A message to a group: once by the sender key, and that key to each device which has not had it (protocol.md B.8). */
import type { BinaryNode } from 'baileys';
import { lidJid, phoneJid, type GroupJid, type PersonAddress } from '../../../jid.js';
import type { EngineGroup } from '../../engine.js';
import type { AccountContext } from '../account.context.js';
import type { GroupBook } from '../groups/group.book.js';
import type { DeviceLists } from './device.lists.js';
import { encNode, encode, encryptEach, identityNode } from './envelopes.js';
import { isThisDevice, ownDevice } from './own.address.js';
import { reportingNode } from './reporting.js';
import { SendFailure } from './send.failure.js';
import type { SenderKeyMemory } from './sender.key.memory.js';
import type { SentMessage } from './sent.messages.js';
import type { SessionStarter } from './session.starter.js';
import { messageStanza, participantsNode } from './stanza.js';

export class GroupMessages {
  constructor(
    private readonly account: AccountContext,
    private readonly book: GroupBook,
    private readonly devices: DeviceLists,
    private readonly starter: SessionStarter,
    private readonly memory: SenderKeyMemory,
  ) {}

  async prepare(id: string, sent: SentMessage): Promise<BinaryNode> {
    const { to, message, attrs, encAttrs, nodes = [] } = sent;
    const group = await this.allowed(to as GroupJid);
    const me = ownDevice(this.account.creds, group.addressing === 'lid');
    const lacking = await this.lacking(group, me);
    const { ciphertext, distribution } = await this.account.signal.groups.encrypt(to, me, encode(message));
    const key = { senderKeyDistributionMessage: { groupId: to, axolotlSenderKeyDistributionMessage: distribution } };
    const recipients = lacking.map((device) => ({ device, message: key }));
    const sealed = await encryptEach(this.account.signal.sessions, recipients, encAttrs);
    await this.memory.sending(id, to, me, sealed.devices);
    const content = [
      encNode({ type: 'skmsg', ciphertext }, encAttrs),
      participantsNode(sealed.nodes),
      sealed.needsIdentity ? identityNode(this.account.creds) : null,
      await reportingNode(id, to, message),
      ...nodes,
    ];
    return messageStanza({ id, to, attrs: { ...attrs, addressing_mode: group.addressing }, content });
  }

  /** Who has left must not read on: the next message makes a new key, and gives it to those who are there. */
  async rotate(group: string): Promise<void> {
    const { creds, signal } = this.account;
    this.memory.forget(group);
    for (const byLid of [true, false]) await signal.groups.forget(group, ownDevice(creds, byLid));
  }

  /** A member whose phone is another one gets our keys with the next message to each group. */
  renewed(devices: readonly string[]): Promise<void> {
    return this.memory.renewed(devices);
  }

  private async allowed(jid: GroupJid): Promise<EngineGroup> {
    const group = await this.book.read(jid);
    const own = group.participants.find(({ person }) => this.account.people.isMe(addressOf(person, group)));
    if (!own) throw new SendFailure('group_not_member', 'this account is not in the group');
    if (group.announcement && own.role === 'member')
      throw new SendFailure('group_admins_only', 'only admins may write to this group');
    return group;
  }

  private async lacking(group: EngineGroup, me: string): Promise<string[]> {
    const lists = await this.devices.of(group.participants.map(({ person }) => addressOf(person, group)));
    const all = [...lists.values()].flat().filter((device) => !isThisDevice(this.account.creds, device));
    if (all.length === 0) throw new SendFailure('no_session', 'nobody else is in the group');
    const isNew = !(await this.account.signal.groups.has(group.group, me));
    if (isNew) this.memory.forget(group.group);
    const have = await this.memory.have(group.group, me);
    const lacking = all.filter((device) => !have.has(device));
    const missing = await this.starter.ensure(lacking);
    return lacking.filter((device) => !missing.has(device));
  }
}

/** A member as the group names them. */
function addressOf({ phone, lid }: PersonAddress, { addressing }: EngineGroup): string {
  if (addressing === 'lid' && lid) return lidJid(lid);
  if (phone) return phoneJid(phone);
  if (lid) return lidJid(lid);
  throw new Error('a member without an address');
}
