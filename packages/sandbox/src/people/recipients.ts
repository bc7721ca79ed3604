import { pack, unpack } from '../store/records.js';
import type { KeyStep } from '../signal/key.step.js';
import type { SessionAddress } from '../signal/sessions.js';

/** Which devices have got this person's sender key of one group. */
export class Recipients {
  private readonly names: Set<string>;
  private readonly key: string;

  constructor(
    private readonly step: KeyStep,
    group: string,
  ) {
    this.key = `recipients:${group}`;
    const stored = step.get(this.key);
    this.names = new Set(stored ? unpack<string[]>(stored) : []);
  }

  /** Somebody who has the key is no longer among these. */
  hasLeft(members: SessionAddress[]): boolean {
    const present = new Set(members.map(nameOf));
    return [...this.names].some((name) => !present.has(name));
  }

  missing(members: SessionAddress[]): SessionAddress[] {
    return members.filter((member) => !this.names.has(nameOf(member)));
  }

  add(members: SessionAddress[]): void {
    for (const member of members) this.names.add(nameOf(member));
    this.save();
  }

  /** A device that could not read gets the key again. */
  remove(member: SessionAddress): void {
    this.names.delete(nameOf(member));
    this.save();
  }

  clear(): void {
    this.names.clear();
    this.save();
  }

  private save(): void {
    this.step.put(this.key, pack([...this.names]));
  }
}

const nameOf = ({ user, device }: SessionAddress) => `${user}.${device}`;
