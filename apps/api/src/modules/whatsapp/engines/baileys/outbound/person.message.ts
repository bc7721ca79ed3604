/** A message to a person: to each of their devices, and a copy to each other device of the own account (B.6). */
import type { BinaryNode, proto } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { ContactTokens } from './contact.tokens.js';
import type { DeviceLists } from './device.lists.js';
import { encryptEach, identityNode, type Recipient } from './envelopes.js';
import { isThisDevice, ownUser } from './own.address.js';
import { reportingNode } from './reporting.js';
import { SendFailure } from './send.failure.js';
import type { SentMessage } from './sent.messages.js';
import type { SessionStarter } from './session.starter.js';
import { messageStanza, participantsNode } from './stanza.js';

export class PersonMessages {
  constructor(
    private readonly account: AccountContext,
    private readonly devices: DeviceLists,
    private readonly starter: SessionStarter,
    private readonly tokens: ContactTokens,
  ) {}

  async prepare(id: string, sent: SentMessage): Promise<BinaryNode> {
    const { to, message, attrs, encAttrs, nodes = [] } = sent;
    const { creds, signal } = this.account;
    const sealed = await encryptEach(signal.sessions, await this.recipients(to, message), encAttrs);
    const reached = sealed.devices.filter(
      (device) => !this.account.people.isMe(device) || this.account.people.isMe(to),
    );
    if (reached.length === 0)
      throw new SendFailure('no_session', 'none of the devices of the recipient can be written to');
    const content = [
      participantsNode(sealed.nodes),
      sealed.needsIdentity ? identityNode(creds) : null,
      await reportingNode(id, to, message),
      await this.tokens.node(to),
      ...nodes,
    ];
    return messageStanza({ id, to, attrs, content });
  }

  private async recipients(to: string, message: proto.IMessage): Promise<Recipient[]> {
    const me = ownUser(this.account.creds, to.endsWith('@lid'));
    const lists = await this.devices.of(this.account.people.isMe(to) ? [me] : [to, me]);
    const theirs = this.account.people.isMe(to) ? [] : (lists.get(to) ?? []);
    if (theirs.length === 0 && !this.account.people.isMe(to))
      throw new SendFailure('not_on_whatsapp', 'the recipient has no device on WhatsApp');
    const copies = (lists.get(me) ?? []).filter((device) => !isThisDevice(this.account.creds, device));
    const missing = await this.starter.ensure([...theirs, ...copies]);
    return [
      ...theirs.map((device) => ({ device, message })),
      ...copies.map((device) => ({ device, message: copyFor(to, message) })),
    ].filter(({ device }) => !missing.has(device));
  }
}

/** For the account's own devices, that show it as sent. */
export const copyFor = (to: string, message: proto.IMessage): proto.IMessage => ({
  deviceSentMessage: { destinationJid: to, message },
  ...(message.messageContextInfo ? { messageContextInfo: message.messageContextInfo } : {}),
});
