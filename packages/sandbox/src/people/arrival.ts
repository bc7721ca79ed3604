import type { SandboxNetwork } from '../network/device.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import type { Node } from '../protocol/node.js';
import type { SessionAddress } from '../signal/sessions.js';

/** A message as it came: from whom, to which chat. */
export interface Arrival {
  stanza: Node;
  id: string;
  author: SessionAddress;
  authorJid: string;
  group: string | undefined;
}

/** Undefined for a stanza that does not say from whom it is. */
export function arrivalOf(network: SandboxNetwork, stanza: Node): Arrival | undefined {
  const { id, from, participant } = stanza.attrs;
  const group = isGroupJid(from) ? from : undefined;
  const authorJid = group ? participant : from;
  const jid = parseJid(authorJid);
  if (id === undefined || authorJid === undefined || !jid) return undefined;
  return { stanza, id, author: { user: lidOf(network, jid.user), device: jid.device }, authorJid, group };
}

/** Sessions are kept by LID, whatever the stanza says. */
export function lidOf(network: SandboxNetwork, user: string): string {
  return network.findUser(user)?.lid ?? user;
}

/** Without the device. */
export const bare = (jid: string): string => jid.replace(/:\d+@/, '@');
