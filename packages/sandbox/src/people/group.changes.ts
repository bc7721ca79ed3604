import type { ChangeGroup } from '../control/contract.js';
import { node, type Node } from '../protocol/node.js';
import { setPicture } from './appearance.js';
import { ask } from './ask.js';
import type { Person } from './person.js';

const MEMBER_VERBS = ['add', 'remove', 'promote', 'demote'] as const;

/** Changes a group as one of its members does; rejects with `Refusal` when they may not. */
export async function changeGroup(person: Person, group: string, change: ChangeGroup): Promise<void> {
  if (change.picture !== undefined)
    await setPicture(person, change.picture === null ? null : Buffer.from(change.picture, 'base64'), group);
  for (const asked of queriesFor(person, change)) {
    await ask(person.line, node('iq', { to: group, type: 'set', xmlns: 'w:g2' }, [asked]));
  }
}

function queriesFor(person: Person, change: ChangeGroup): Node[] {
  const queries: Node[] = [];
  if (change.subject !== undefined) queries.push(node('subject', {}, Buffer.from(change.subject)));
  if (change.announcement !== undefined) {
    queries.push(node(change.announcement ? 'announcement' : 'not_announcement'));
  }
  if (change.locked !== undefined) queries.push(node(change.locked ? 'locked' : 'unlocked'));
  for (const verb of MEMBER_VERBS) {
    const users = (change[verb] ?? []).map((number) => person.world.network.findUser(number));
    const participants = users.flatMap((user) => (user ? [node('participant', { jid: person.jidOf(user) })] : []));
    if (participants.length > 0) queries.push(node(verb, {}, participants));
  }
  return queries;
}
