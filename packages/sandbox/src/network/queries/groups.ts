/** `w:g2`: groups, read and changed (protocol.md B.8). */
import { child, node, type Node } from '../../protocol/node.js';
import { groupNode } from '../group.node.js';
import type { Group } from '../groups.js';
import { changeGroup } from './group.verbs.js';
import { QueryError, type Answer, type Query } from './query.js';

export function groups(query: Query): Answer {
  const { iq, device, services } = query;
  if (iq.attrs.type === 'set') return changeGroup(query);
  if (child(iq, 'participating')) {
    const all = services.groups.of(device.user).map((each) => groupNode(each, services.directory));
    return [node('groups', {}, all)];
  }
  const invite = child(iq, 'invite');
  if (invite) return [invite.attrs.code ? byInvite(query, invite.attrs.code) : inviteCode(query)];
  return [groupNode(ownGroup(query), services.directory)];
}

/** 404 for a group that is not there, 403 for one that the asker is not in. */
export function ownGroup({ iq, device, services }: Query): Group {
  const group = services.groups.get(iq.attrs.to);
  if (!group) throw new QueryError(404, 'item-not-found');
  if (!group.participants.has(device.user.lid)) throw new QueryError(403, 'forbidden');
  return group;
}

function byInvite({ services }: Query, code: string): Node {
  const group = services.groups.byInvite(code);
  if (!group) throw new QueryError(406, 'not-acceptable');
  return groupNode(group, services.directory);
}

function inviteCode(query: Query): Node {
  const group = ownGroup(query);
  if (group.participants.get(query.device.user.lid) === 'member') throw new QueryError(403, 'forbidden');
  return node('invite', { code: group.inviteCode });
}
