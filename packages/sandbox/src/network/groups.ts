import { GROUP_DOMAIN } from '../protocol/jid.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { User } from './directory.js';

export type GroupRole = 'member' | 'admin' | 'superadmin';

export interface GroupDescription {
  id: string;
  body: string;
  /** The LID of who wrote it. */
  author: string;
  /** Seconds, as all times here. */
  at: number;
}

/** Members are known by LID, whatever the addressing: the addressing only says which JID they are shown by. */
export interface Group {
  /** `120363…@g.us`. */
  id: string;
  subject: string;
  subjectOwner: string;
  subjectAt: number;
  creator: string;
  createdAt: number;
  addressing: 'pn' | 'lid';
  participants: Map<string, GroupRole>;
  description?: GroupDescription;
  /** Only admins write. */
  announcement?: boolean;
  /** Only admins change subject and description. */
  locked?: boolean;
  /** Seconds after which messages vanish. */
  ephemeral?: number;
  inviteCode?: string;
}

type StoredGroup = Omit<Group, 'participants'> & { participants: [string, GroupRole][] };

/** As those of the real network begin; the whole has 18 digits, too many for a number. */
const ID_PREFIX = '120363';

export class Groups {
  private readonly groups = new Map<string, Group>();
  private readonly byMember = new Map<string, Set<Group>>();
  private readonly records: Records<StoredGroup>;

  constructor(store: Store) {
    this.records = new Records(store, 'network.groups');
    for (const [id, stored] of this.records.entries()) {
      this.keep({ ...stored, id, participants: new Map(stored.participants) });
    }
  }

  get(id: string | undefined): Group | undefined {
    return this.groups.get(id ?? '');
  }

  byInvite(code: string): Group | undefined {
    return [...this.groups.values()].find((each) => each.inviteCode === code);
  }

  of(user: User): Group[] {
    return [...(this.byMember.get(user.lid) ?? [])];
  }

  all(): Group[] {
    return [...this.groups.values()];
  }

  nextId(): string {
    return `${ID_PREFIX}${String(this.groups.size + 1).padStart(12, '0')}@${GROUP_DOMAIN}`;
  }

  /** After any change of a group, or for a new one. */
  save(group: Group): void {
    this.records.put(group.id, { ...group, participants: [...group.participants] });
    this.keep(group);
  }

  private keep(group: Group): void {
    this.groups.set(group.id, group);
    for (const each of this.byMember.values()) each.delete(group);
    for (const lid of group.participants.keys()) {
      this.byMember.set(lid, (this.byMember.get(lid) ?? new Set()).add(group));
    }
  }
}
