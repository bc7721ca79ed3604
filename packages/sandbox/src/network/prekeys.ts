import type { Store } from '../store/store.js';
import type { DeviceKeys } from './device.js';
import { deviceKey, type Device } from './directory.js';

type PreKey = DeviceKeys['preKeys'][number];

/** What is left of a key that was handed out, so that the same id is never taken in again. */
const GIVEN = new Uint8Array(0);

/**
 * One-time prekeys of all devices. Each is handed out once, also over a restart: the row is spent before the key is
 * given. Only the ids are kept in memory; an account brings 812 keys.
 */
export class PreKeyShelf {
  private readonly ids = new Map<string, number[]>();

  constructor(private readonly store: Store) {}

  /** Keys whose id was there before are ignored: what was handed out must not come back. */
  add(device: Device, keys: PreKey[]): void {
    const ids = this.idsOf(device);
    this.store.transaction(() => {
      for (const { id, key } of keys) {
        if (this.store.get(bucket(device), rowKey(id)) !== undefined) continue;
        this.store.put(bucket(device), rowKey(id), key);
        ids.push(id);
      }
    });
  }

  take(device: Device): PreKey | undefined {
    const id = this.idsOf(device).shift();
    if (id === undefined) return undefined;
    const key = this.store.get(bucket(device), rowKey(id));
    this.store.put(bucket(device), rowKey(id), GIVEN);
    return key && { id, key };
  }

  count(device: Device): number {
    return this.idsOf(device).length;
  }

  /** In the order in which they will be handed out. */
  list(device: Device): PreKey[] {
    return this.idsOf(device).map((id) => ({ id, key: this.store.get(bucket(device), rowKey(id)) ?? GIVEN }));
  }

  /** A device that is gone, or that came back with another identity. */
  forget(device: Device): void {
    this.store.clear(bucket(device));
    this.ids.delete(deviceKey(device));
  }

  private idsOf(device: Device): number[] {
    const key = deviceKey(device);
    let ids = this.ids.get(key);
    if (!ids) {
      const rows = this.store.entries(bucket(device)).filter(([, bytes]) => bytes.length > 0);
      this.ids.set(key, (ids = rows.map(([id]) => Number(id))));
    }
    return ids;
  }
}

function bucket(device: Device): string {
  return `network.prekeys.${deviceKey(device)}`;
}

/** Padded, so that the order of the keys is that of the numbers. */
function rowKey(id: number): string {
  return String(id).padStart(8, '0');
}
