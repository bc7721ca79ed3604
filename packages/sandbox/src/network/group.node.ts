/** How a group is spelled in XML (protocol.md B.8). */
import { LID_DOMAIN, parseJid, PN_DOMAIN } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { userJid, type Directory, type Domain, type User } from './directory.js';
import type { Group, GroupRole } from './groups.js';

export function domainOfGroup(group: Group): Domain {
  return group.addressing === 'lid' ? LID_DOMAIN : PN_DOMAIN;
}

/** A member's JID is that of the addressing; the other one stands beside it. */
export function participantNode(user: User, group: Group, role?: GroupRole): Node {
  const isLid = group.addressing === 'lid';
  const type = role === 'member' ? undefined : role;
  const other = isLid ? { phone_number: userJid(user, PN_DOMAIN) } : { lid: userJid(user, LID_DOMAIN) };
  return node('participant', { jid: userJid(user, domainOfGroup(group)), type, ...other });
}

export function groupNode(group: Group, directory: Directory): Node {
  const domain = domainOfGroup(group);
  const jidOf = (lid: string): string | undefined => {
    const user = directory.user(lid);
    return user && userJid(user, domain);
  };
  const members = [...group.participants].flatMap(([lid, role]) => {
    const user = directory.user(lid);
    return user ? [participantNode(user, group, role)] : [];
  });
  const attrs = {
    id: parseJid(group.id)?.user,
    subject: group.subject,
    creation: String(group.createdAt),
    s_t: String(group.subjectAt),
    s_o: jidOf(group.subjectOwner),
    creator: jidOf(group.creator),
    size: String(members.length),
    addressing_mode: group.addressing,
  };
  return node('group', attrs, [...settings(group, jidOf), ...members]);
}

function settings(group: Group, jidOf: (lid: string) => string | undefined): Node[] {
  const { description, ephemeral } = group;
  const nodes: Node[] = [];
  if (description) {
    const attrs = { id: description.id, t: String(description.at), participant: jidOf(description.author) };
    nodes.push(node('description', attrs, [node('body', {}, Buffer.from(description.body))]));
  }
  if (group.locked) nodes.push(node('locked'));
  if (group.announcement) nodes.push(node('announcement'));
  if (ephemeral) nodes.push(node('ephemeral', { expiration: String(ephemeral) }));
  return nodes;
}
