/**
 * Notices from the server. Those that change what we keep ourselves (device lists, groups, identities) are worked on
 * first; then Baileys has its turn, and acks. An identity change is ours alone: Baileys would fetch a bundle at once,
 * where the next message will do (protocol.md S23).
 */
import { buildAckStanza, getAllBinaryNodeChildren, getBinaryNodeChild, jidDecode, type BinaryNode } from 'baileys';
import type { GroupJid } from '../../../jid.js';
import type { AccountContext } from '../account.context.js';
import type { GroupBook } from '../groups/group.book.js';
import type { MediaRetries } from '../media/media.again.js';
import type { AppState } from '../chats/app.state.js';
import type { Blocklist } from '../chats/blocklist.js';
import type { ProfileNotices } from '../profile/profile.notices.js';
import type { Relay } from '../outbound/relay.js';
import { pair } from './envelope.js';

const LEAVING = new Set(['remove', 'leave', 'delete']);

export interface NoticeParts {
  account: AccountContext;
  relay: Relay;
  book: GroupBook;
  mediaRetries: MediaRetries;
  appState: AppState;
  blocklist: Blocklist;
  profiles: ProfileNotices;
  toBaileys(node: BinaryNode): void;
}

export class Notifications {
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: NoticeParts,
    private readonly failed: (error: unknown) => void,
  ) {}

  receive(node: BinaryNode): Promise<void> {
    this.turn = this.turn.then(() => this.take(node)).catch(this.failed);
    return this.turn;
  }

  private async take(node: BinaryNode): Promise<void> {
    const { type } = node.attrs;
    if (type === 'encrypt' && getBinaryNodeChild(node, 'identity')) return this.identityChanged(node);
    if (type === 'server_sync') return this.appStateChanged(node);
    try {
      if (type === 'devices' || type === 'account_sync') await this.devicesChanged(node);
      if (type === 'mediaretry') this.parts.mediaRetries.answered(node);
      if (type === 'account_sync') await this.parts.blocklist.changed(node);
      if (type === 'account_sync') this.parts.profiles.ownChanged(node);
      if (type === 'picture') await this.parts.profiles.pictureChanged(node);
      if (type === 'status') await this.parts.profiles.aboutChanged(node);
      if (type === 'w:gp2') await this.groupChanged(node);
    } finally {
      this.parts.toBaileys(node);
    }
  }

  /** Ours alone: Baileys reads the first collection of a notice and no other, and acks before what it read is kept. */
  private async appStateChanged(node: BinaryNode): Promise<void> {
    await this.parts.appState.written(node);
    const { account } = this.parts;
    await account.wire.send(buildAckStanza(node, undefined, account.creds.me?.id));
  }

  /** The person has a new phone: its sessions are of no use, and its devices are other ones. */
  private async identityChanged(node: BinaryNode): Promise<void> {
    const { from } = node.attrs;
    if (from && !this.parts.account.people.isMe(from)) {
      const user = userOf(from);
      const devices = (await this.parts.relay.devices.known(user)) ?? [user];
      await this.parts.account.signal.sessions.delete(devices);
      await this.parts.relay.groupMessages.renewed(await this.bothNames(devices));
      await this.parts.relay.devices.forget(user);
    }
    await this.parts.account.wire.send(buildAckStanza(node, undefined, this.parts.account.creds.me?.id));
  }

  /** As groups may address them: by number and by LID. */
  private async bothNames(devices: readonly string[]): Promise<string[]> {
    const { mapping } = this.parts.account.signal;
    const names = devices.map(async (device) => [
      device,
      await (device.endsWith('@lid') ? mapping.getPNForLID(device) : mapping.getLIDForPN(device)),
    ]);
    return (await Promise.all(names)).flat().filter((name) => name !== null);
  }

  private async devicesChanged(node: BinaryNode): Promise<void> {
    const { from, lid } = node.attrs;
    const known = pair(from, lid);
    if (known) await this.parts.account.signal.mapping.learn([known]);
    for (const child of getAllBinaryNodeChildren(node)) if (from) await this.deviceChange(userOf(from), child);
  }

  private async deviceChange(user: string, { tag, content }: BinaryNode): Promise<void> {
    if (tag === 'update' || tag === 'devices') return this.parts.relay.devices.forget(user);
    if (tag !== 'add' && tag !== 'remove') return;
    const jids = (Array.isArray(content) ? content : [])
      .filter((one) => one.tag === 'device')
      .map(({ attrs }) => attrs.jid);
    const numbers = jids.map((jid) => jidDecode(jid)?.device ?? 0);
    if (tag === 'remove') await this.parts.account.signal.sessions.delete(jids.filter((jid) => jid !== undefined));
    await this.parts.relay.devices.change(user, { [tag]: numbers });
  }

  private async groupChanged(node: BinaryNode): Promise<void> {
    const group = node.attrs.from as GroupJid;
    this.parts.book.changed(group);
    const [change] = getAllBinaryNodeChildren(node);
    const leaving = change && LEAVING.has(change.tag);
    const participants = leaving ? getAllBinaryNodeChildren(change).filter(({ tag }) => tag === 'participant') : [];
    if (leaving) await this.parts.relay.groupMessages.rotate(group);
    const gone =
      change?.tag === 'delete' || participants.some(({ attrs }) => this.parts.account.people.isMe(attrs.jid));
    this.parts.account.journal.emit({ type: gone && leaving ? 'group-left' : 'group-changed', group });
  }
}

function userOf(jid: string): string {
  const decoded = jidDecode(jid);
  return `${decoded?.user}@${decoded?.server}`;
}
