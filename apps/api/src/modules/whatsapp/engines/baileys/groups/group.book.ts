/**
 * The groups of one connection. Each is asked for once and kept until a notice says that it changed (protocol.md S20); a
 * connection that comes after a break asks anew.
 */
import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from 'baileys';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../../../jid.js';
import type { EngineGroup } from '../../engine.js';
import type { AccountContext } from '../account.context.js';
import { SendFailure } from '../outbound/send.failure.js';
import { readGroup } from './group.node.js';

const UNKNOWN = 404;
const NOT_A_MEMBER = [401, 403];

export class GroupBook {
  private readonly known = new Map<GroupJid, Promise<EngineGroup>>();
  /** How many notices of changes have come, and which of them was the last of each group. */
  private notices = 0;
  private readonly changedAt = new Map<GroupJid, number>();

  constructor(private readonly account: Pick<AccountContext, 'wire' | 'signal'>) {}

  /** Rejects with a SendFailure: `group_unknown`, `group_not_member`, `query_timed_out`. */
  read(group: GroupJid): Promise<EngineGroup> {
    const known = this.known.get(group);
    if (known) return known;
    const asked = this.ask(group);
    this.known.set(group, asked);
    asked.catch(() => this.known.delete(group));
    return asked;
  }

  /** It changed: what was told of it until now is not true any more. */
  changed(group: GroupJid): void {
    this.changedAt.set(group, (this.notices += 1));
    this.known.delete(group);
  }

  /** Rejects when the network did not answer: no answer is not "no groups" (protocol.md S4). */
  async list(): Promise<EngineGroup[]> {
    const before = this.notices;
    const answer = await this.account.wire.ask(query('@g.us', listContent));
    if (!answer.ok) throw SendFailure.ofQuery(answer, 'the groups');
    const groups = getBinaryNodeChildren(getBinaryNodeChild(answer.node, 'groups'), 'group').flatMap(
      (node) => readGroup(node) ?? [],
    );
    for (const group of groups) {
      await this.learn(group);
      // The notice of a change may have overtaken the answer.
      if ((this.changedAt.get(group.group) ?? 0) <= before) this.known.set(group.group, Promise.resolve(group));
    }
    return groups;
  }

  private async ask(jid: GroupJid): Promise<EngineGroup> {
    const answer = await this.account.wire.ask(query(jid, readContent));
    if (!answer.ok) throw failureOf(answer.code, SendFailure.ofQuery(answer, 'the group'));
    const node = getBinaryNodeChild(answer.node, 'group');
    const group = node && readGroup(node);
    if (!group) throw new SendFailure('group_unknown', 'the server did not describe the group');
    await this.learn(group);
    return group;
  }

  private learn({ participants }: EngineGroup): Promise<void> {
    const pairs = participants.map(({ person }) => person).filter(isPair);
    return this.account.signal.mapping.learn(pairs);
  }
}

const isPair = (person: PersonAddress): person is { phone: PhoneDigits; lid: LidUser } =>
  person.phone !== null && person.lid !== null;

function failureOf(code: number | null, otherwise: SendFailure): SendFailure {
  if (code === UNKNOWN) return new SendFailure('group_unknown', 'the server does not know the group');
  if (code !== null && NOT_A_MEMBER.includes(code))
    return new SendFailure('group_not_member', 'this account is not in the group');
  return otherwise;
}

const listContent: BinaryNode = {
  tag: 'participating',
  attrs: {},
  content: [
    { tag: 'participants', attrs: {} },
    { tag: 'description', attrs: {} },
  ],
};
const readContent: BinaryNode = { tag: 'query', attrs: { request: 'interactive' } };

const query = (to: string, content: BinaryNode): BinaryNode => ({
  tag: 'iq',
  attrs: { to, type: 'get', xmlns: 'w:g2' },
  content: [content],
});
