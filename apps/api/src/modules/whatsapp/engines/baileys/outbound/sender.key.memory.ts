/**
 * Which devices have our sender key of a group. A device counts as having it once the server has acked the message that
 * carried the key; until then only for this connection, whose frames keep their order. So no crash makes a device wait
 * for a key that never left.
 */
import type { SessionJournal } from '../../../sessions/journal.js';
import { pack, unpack } from '../records/plain.js';

interface Stored {
  /** The own address under which the key was made. */
  me: string;
  devices: string[];
}

interface Group {
  me: string;
  acked: Set<string>;
  sent: Set<string>;
}

export class SenderKeyMemory {
  private readonly groups = new Map<string, Group>();
  private readonly unacked = new Map<string, { group: string; devices: string[] }>();

  constructor(private readonly journal: SessionJournal) {}

  async have(group: string, me: string): Promise<ReadonlySet<string>> {
    const { acked, sent } = await this.of(group, me);
    return new Set([...acked, ...sent]);
  }

  /** A message under way carries the key to these devices. */
  async sending(waId: string, group: string, me: string, devices: string[]): Promise<void> {
    if (devices.length === 0) return;
    const { sent } = await this.of(group, me);
    for (const device of devices) sent.add(device);
    this.unacked.set(waId, { group, devices });
  }

  acked(waId: string, taken: boolean): void {
    const sending = this.unacked.get(waId);
    const known = sending && this.groups.get(sending.group);
    this.unacked.delete(waId);
    if (!sending || !known) return;
    for (const device of sending.devices) {
      known.sent.delete(device);
      if (taken) known.acked.add(device);
    }
    if (taken) this.write(sending.group, known);
  }

  forget(group: string): void {
    this.groups.delete(group);
    this.journal.put('sender-key-memory', group, null);
  }

  private async of(group: string, me: string): Promise<Group> {
    const known = this.groups.get(group);
    if (known?.me === me) return known;
    const record = (await this.journal.get('sender-key-memory', [group])).get(group);
    const stored = record && unpack<Stored>(record);
    const read: Group = { me, acked: new Set(stored?.me === me ? stored.devices : []), sent: new Set() };
    this.groups.set(group, read);
    return read;
  }

  private write(group: string, { me, acked }: Group): void {
    this.journal.put('sender-key-memory', group, pack({ me, devices: [...acked] } satisfies Stored));
  }
}
