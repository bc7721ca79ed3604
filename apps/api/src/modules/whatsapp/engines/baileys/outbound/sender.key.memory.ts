/**
 * Which devices have our sender key of a group. A device counts as having it once the server has acked the message that
 * carried the key; until then only for this connection, whose frames keep their order. So no crash makes a device wait
 * for a key that never left.
 *
 * Whose phone is another one has none of our keys any more. Which groups they are in is not known here, so that is noted once
 * (`renewed`), and a group that was written before it leaves them out when it is read.
 */
import type { SessionJournal } from '../../../sessions/journal.js';
import { pack, unpack } from '../records/plain.js';

interface Stored {
  /** The own address under which the key was made. */
  me: string;
  devices: string[];
  /** Number of the last renewal that was known when this was written. */
  renewals?: number;
}

/** Devices with another phone behind them, each with the number of its renewal. */
interface Renewed {
  last: number;
  devices: Record<string, number>;
}
/** No group has such a name. */
const RENEWED = 'renewed';

interface Group {
  me: string;
  acked: Set<string>;
  sent: Set<string>;
}

export class SenderKeyMemory {
  private readonly groups = new Map<string, Group>();
  private renewals: Renewed | undefined;
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

  /** They have another phone: nothing that these devices were given is there. */
  async renewed(devices: readonly string[]): Promise<void> {
    const renewals = await this.known();
    renewals.last += 1;
    for (const device of devices) renewals.devices[device] = renewals.last;
    this.journal.put('sender-key-memory', RENEWED, pack(renewals));
    for (const { acked, sent } of this.groups.values()) {
      for (const device of devices) for (const having of [acked, sent]) having.delete(device);
    }
    for (const sending of this.unacked.values())
      sending.devices = sending.devices.filter((device) => !devices.includes(device));
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
    const { devices: renewed } = await this.known();
    const since = stored?.renewals ?? 0;
    const given = stored?.me === me ? stored.devices.filter((device) => (renewed[device] ?? 0) <= since) : [];
    const read: Group = { me, acked: new Set(given), sent: new Set() };
    this.groups.set(group, read);
    return read;
  }

  private write(group: string, { me, acked }: Group): void {
    const renewals = this.renewals?.last ?? 0;
    this.journal.put('sender-key-memory', group, pack({ me, devices: [...acked], renewals } satisfies Stored));
  }

  private async known(): Promise<Renewed> {
    if (this.renewals) return this.renewals;
    const record = (await this.journal.get('sender-key-memory', [RENEWED])).get(RENEWED);
    return (this.renewals ??= record ? unpack<Renewed>(record) : { last: 0, devices: {} });
  }
}
