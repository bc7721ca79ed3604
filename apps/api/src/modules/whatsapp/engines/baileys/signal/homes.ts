/**
 * Where the records of a device lie: under its LID as soon as the LID is known, else under its number. One person has one
 * session, whichever way they are addressed.
 */
import { jidDecode, WAJIDDomains } from 'baileys';
import { addressId, signalAddress, type SignalAddress } from './address.js';
import type { KeyedQueue } from './keyed.queue.js';
import type { LidMapping } from './lid.mapping.js';
import type { RecordHome } from './signal.step.js';

export interface DeviceHome extends RecordHome {
  /** The Signal address that the cipher is told. */
  address: SignalAddress;
}

export class Homes {
  constructor(
    private readonly mapping: LidMapping,
    private readonly queue: KeyedQueue,
  ) {}

  async of(jid: string): Promise<DeviceHome> {
    const own = signalAddress(jid);
    const decoded = jidDecode(jid);
    if (decoded?.server === 'lid') {
      const phone = await this.mapping.phoneOf(decoded.user);
      return home(own, phone ? { name: phone, device: own.device } : null);
    }
    const lid = decoded?.server === 's.whatsapp.net' ? await this.mapping.lidOf(decoded.user) : null;
    return lid ? home({ name: `${lid}_${WAJIDDomains.LID}`, device: own.device }, own) : home(own, null);
  }

  /**
   * Runs work on a device's records, one at a time. Both names are held, since an operation that began before the LID was
   * known works on the old one; and the place is looked up again once they are held, since it may have moved meanwhile.
   */
  async hold<T>(jid: string, work: (home: DeviceHome) => Promise<T>): Promise<T> {
    const before = await this.of(jid);
    const keys = before.alias ? [before.alias, before.id] : [before.id];
    const outcome = await this.queue.runAll(keys, async () => {
      const now = await this.of(jid);
      return now.id === before.id && now.alias === before.alias ? { done: await work(now) } : 'moved';
    });
    return outcome === 'moved' ? this.hold(jid, work) : outcome.done;
  }
}

const home = (address: SignalAddress, alias: SignalAddress | null): DeviceHome => ({
  address,
  id: addressId(address),
  alias: alias && addressId(alias),
});
