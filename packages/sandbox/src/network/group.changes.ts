/** Changes of groups, and the `w:gp2` notification that each of them is (protocol.md B.8). */
import { randomBytes } from 'node:crypto';
import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { userJid, type User } from './directory.js';
import { domainOfGroup, groupNode, participantNode } from './group.node.js';
import type { Group, GroupRole } from './groups.js';
import { notification } from './notices.js';
import { seconds, type Services } from './services.js';

export type GroupChange = Partial<
  Pick<Group, 'subject' | 'description' | 'announcement' | 'locked' | 'ephemeral' | 'inviteCode'>
>;
export type MemberVerb = 'add' | 'remove' | 'promote' | 'demote';

const ROLE_AFTER: Record<Exclude<MemberVerb, 'remove'>, GroupRole> = {
  add: 'member',
  promote: 'admin',
  demote: 'member',
};

interface NewGroup {
  subject: string;
  creator: User;
  /** The creator is one without being named. */
  participants: User[];
  addressing: Group['addressing'];
}

export function createGroup(services: Services, { subject, creator, participants, addressing }: NewGroup): Group {
  const at = seconds(services.clock);
  const roles = new Map<string, GroupRole>(participants.map(({ lid }) => [lid, 'member']));
  const group: Group = {
    id: services.groups.nextId(),
    subject,
    subjectOwner: creator.lid,
    subjectAt: at,
    creator: creator.lid,
    createdAt: at,
    addressing,
    participants: roles.set(creator.lid, 'superadmin'),
    inviteCode: randomBytes(16).toString('base64url'),
  };
  services.groupChanges.create(group, creator);
  return group;
}

export class GroupChanges {
  constructor(private readonly services: Omit<Services, 'groupChanges'>) {}

  create(group: Group, creator: User): void {
    this.commit(group, creator, [node('create', {}, [groupNode(group, this.services.directory)])]);
  }

  members(group: Group, actor: User, verb: MemberVerb, users: User[]): void {
    const before = new Set(group.participants.keys());
    for (const { lid } of users) {
      if (verb === 'remove') group.participants.delete(lid);
      else group.participants.set(lid, ROLE_AFTER[verb]);
    }
    const participants = users.map((user) => participantNode(user, group, group.participants.get(user.lid)));
    this.commit(group, actor, [node(verb, {}, participants)], before);
  }

  set(group: Group, actor: User, change: GroupChange): void {
    Object.assign(group, change);
    if (change.subject !== undefined) {
      group.subjectOwner = actor.lid;
      group.subjectAt = seconds(this.services.clock);
    }
    this.commit(group, actor, describeChange(group, change, actor));
  }

  /** Those who were in before are told, too: who was removed has to know. */
  private commit(group: Group, actor: User, content: Node[], before: Iterable<string> = []): void {
    const { office, groups, directory } = this.services;
    const told = new Set([...group.participants.keys(), ...before]);
    const stanza = this.notice(group, actor, content);
    office.commit(() => {
      groups.save(group);
      for (const lid of told) {
        const user = directory.user(lid);
        for (const device of user ? directory.devicesOf(user) : []) office.post(device, stanza);
      }
    });
  }

  private notice(group: Group, actor: User, content: Node[]): Node {
    const attrs = {
      from: group.id,
      type: 'w:gp2',
      participant: userJid(actor, domainOfGroup(group)),
      ...(group.addressing === 'lid'
        ? { participant_pn: userJid(actor, PN_DOMAIN) }
        : { participant_lid: userJid(actor, LID_DOMAIN) }),
      addressing_mode: group.addressing,
      notify: actor.pushName,
    };
    return notification(this.services, attrs, content);
  }
}

function describeChange(group: Group, change: GroupChange, actor: User): Node[] {
  const by = userJid(actor, domainOfGroup(group));
  if (change.subject !== undefined)
    return [node('subject', { subject: change.subject, s_t: String(group.subjectAt), s_o: by })];
  if (change.description) {
    const { id, body } = change.description;
    return [node('description', { id }, [node('body', {}, Buffer.from(body))])];
  }
  if (change.announcement !== undefined) return [node(change.announcement ? 'announcement' : 'not_announcement')];
  if (change.locked !== undefined) return [node(change.locked ? 'locked' : 'unlocked')];
  if (change.ephemeral !== undefined)
    return [change.ephemeral ? node('ephemeral', { expiration: String(change.ephemeral) }) : node('not_ephemeral')];
  return [node('invite', { code: change.inviteCode })];
}
