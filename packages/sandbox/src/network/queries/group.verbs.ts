/** What a member may do to a group; each change is told to every device of every member (protocol.md B.8). */
import { randomBytes } from 'node:crypto';
import { child, children, node, textOf, type Node } from '../../protocol/node.js';
import { createGroup, type GroupChange } from '../group.changes.js';
import { domainOfGroup, groupNode, participantNode } from '../group.node.js';
import type { Group } from '../groups.js';
import { userJid, type User } from '../directory.js';
import { seconds } from '../services.js';
import { ownGroup } from './groups.js';
import { QueryError, type Answer, type Query } from './query.js';

type Verb = (query: Query, asked: Node) => Answer;

const verbs: Record<string, Verb> = {
  create,
  leave,
  add: (query, asked) => members(query, asked, 'add'),
  remove: (query, asked) => members(query, asked, 'remove'),
  promote: (query, asked) => members(query, asked, 'promote'),
  demote: (query, asked) => members(query, asked, 'demote'),
  subject: (query, asked) => set(query, { subject: textOf(asked) ?? '' }),
  description: (query, asked) => set(query, { description: describe(query, asked) }),
  announcement: (query) => set(query, { announcement: true }),
  not_announcement: (query) => set(query, { announcement: false }),
  locked: (query) => set(query, { locked: true }),
  unlocked: (query) => set(query, { locked: false }),
  ephemeral: (query, asked) => set(query, { ephemeral: Number(asked.attrs.expiration ?? 0) }),
  not_ephemeral: (query) => set(query, { ephemeral: 0 }),
  invite,
};

export function changeGroup(query: Query): Answer {
  for (const asked of children(query.iq)) {
    const verb = verbs[asked.tag];
    if (verb) return verb(query, asked);
  }
  throw new QueryError(400, 'bad-request');
}

function create({ device, services }: Query, asked: Node): Answer {
  const users = children(asked, 'participant').flatMap(({ attrs }) => services.directory.user(attrs.jid) ?? []);
  const group = createGroup(services, {
    subject: asked.attrs.subject ?? '',
    creator: device.user,
    participants: users,
    addressing: 'lid',
  });
  return [groupNode(group, services.directory)];
}

/** `<leave><group id/>…</leave>`, sent to `@g.us`. */
function leave({ device, services }: Query, asked: Node): Answer {
  const left = children(asked, 'group').map(({ attrs }) => {
    const group = services.groups.get(attrs.id?.includes('@') ? attrs.id : `${attrs.id}@g.us`);
    if (!group?.participants.has(device.user.lid)) throw new QueryError(404, 'item-not-found');
    services.groupChanges.members(group, device.user, 'remove', [device.user]);
    return node('group', { id: group.id });
  });
  return [node('leave', {}, left)];
}

function members(query: Query, asked: Node, verb: 'add' | 'remove' | 'promote' | 'demote'): Answer {
  const { device, services } = query;
  const group = administered(query);
  const results = children(asked, 'participant').map(({ attrs: { jid } }) => {
    const user = services.directory.user(jid);
    if (!user) return { node: node('participant', { jid, error: '404' }) };
    const error = wrong(group, user, verb);
    return { user, error, node: node('participant', { jid: userJid(user, domainOfGroup(group)), error }) };
  });
  const changed = results.flatMap(({ user, error }) => (user && !error ? [user] : []));
  if (changed.length > 0) services.groupChanges.members(group, device.user, verb, changed);
  return [
    node(
      verb,
      {},
      results.map((each) => each.node),
    ),
  ];
}

/** As a server says it: 409 is in already, 404 is not in. */
function wrong(group: Group, user: User, verb: string): string | undefined {
  const isIn = group.participants.has(user.lid);
  if (verb === 'add') return isIn ? '409' : undefined;
  return isIn ? undefined : '404';
}

function set(query: Query, change: GroupChange): Answer {
  const group = ownGroup(query);
  const isMember = group.participants.get(query.device.user.lid) === 'member';
  const isOpen = ('subject' in change || 'description' in change) && !group.locked;
  if (isMember && !isOpen) throw new QueryError(403, 'forbidden');
  query.services.groupChanges.set(group, query.device.user, change);
  return undefined;
}

function describe({ device, services }: Query, asked: Node): GroupChange['description'] {
  const body = textOf(child(asked, 'body')) ?? '';
  const id = asked.attrs.id ?? randomBytes(8).toString('hex').toUpperCase();
  return { id, body, author: device.user.lid, at: seconds(services.clock) };
}

/** To a group: a new code. To `@g.us` with a code: join. */
function invite(query: Query, asked: Node): Answer {
  const { device, services } = query;
  const { code } = asked.attrs;
  if (code === undefined) {
    const group = administered(query);
    services.groupChanges.set(group, device.user, { inviteCode: newInviteCode() });
    return [node('invite', { code: group.inviteCode })];
  }
  const group = services.groups.byInvite(code);
  if (!group) throw new QueryError(406, 'not-acceptable');
  if (group.participants.has(device.user.lid)) throw new QueryError(409, 'conflict');
  services.groupChanges.members(group, device.user, 'add', [device.user]);
  return [node('group', { jid: group.id }), participantNode(device.user, group, 'member')];
}

function newInviteCode(): string {
  return randomBytes(16).toString('base64url');
}

function administered(query: Query): Group {
  const group = ownGroup(query);
  if (group.participants.get(query.device.user.lid) === 'member') throw new QueryError(403, 'forbidden');
  return group;
}
