import type { Store } from '../store/store.js';
import type { Device, Directory, User } from './directory.js';
import type { Groups } from './groups.js';

const BUCKET = 'network.acquaintances';
const WROTE = 'network.wrote';
const MET = new Uint8Array(0);

/** Who has written to whom, or shares a group: those are told when a user's devices or number change. */
export class Acquaintances {
  private readonly met = new Map<string, Set<string>>();

  constructor(
    private readonly store: Store,
    private readonly directory: Directory,
    private readonly groups: Groups,
  ) {
    for (const [key] of store.entries(BUCKET)) {
      const [a = '', b = ''] = key.split(' ');
      this.remember(a, b);
    }
  }

  meet(a: User, b: User): void {
    if (a === b || this.met.get(a.lid)?.has(b.lid)) return;
    this.remember(a.lid, b.lid);
    this.store.put(BUCKET, `${a.lid} ${b.lid}`, MET);
  }

  /** Once `from` has written to `to`, a message the other way is no cold one. */
  wrote(from: User, to: User): void {
    const key = `${from.lid} ${to.lid}`;
    if (!this.store.get(WROTE, key)) this.store.put(WROTE, key, MET);
  }

  hasWritten(from: User, to: User): boolean {
    return this.store.get(WROTE, `${from.lid} ${to.lid}`) !== undefined;
  }

  /** All devices of all who know the user, and the user's own. */
  devicesOf(user: User): Device[] {
    const lids = new Set([user.lid, ...(this.met.get(user.lid) ?? [])]);
    for (const group of this.groups.of(user)) for (const lid of group.participants.keys()) lids.add(lid);
    return [...lids].flatMap((lid) => {
      const known = this.directory.user(lid);
      return known ? this.directory.devicesOf(known) : [];
    });
  }

  private remember(a: string, b: string): void {
    this.met.set(a, (this.met.get(a) ?? new Set()).add(b));
    this.met.set(b, (this.met.get(b) ?? new Set()).add(a));
  }
}
