/** App-state collections: numbered patches by user and name. Phones and companions write them, the network keeps order. */
import { randomBytes } from 'node:crypto';
import { SERVER_JID } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
import type { Store } from '../store/store.js';
import type { Device, User } from './directory.js';
import { seconds, type Services } from './services.js';

export class AppState {
  private readonly versions = new Map<string, number>();

  constructor(private readonly store: Store) {}

  version(lid: string, collection: string): number {
    const bucket = bucketOf(lid, collection);
    const version = this.versions.get(bucket) ?? this.store.size(bucket);
    this.versions.set(bucket, version);
    return version;
  }

  /** Undefined when `onTop` is not the present version: somebody else was faster. Else the new version. */
  append(
    lid: string,
    collection: string,
    patch: Uint8Array,
    onTop = this.version(lid, collection),
  ): number | undefined {
    if (onTop !== this.version(lid, collection)) return undefined;
    const bucket = bucketOf(lid, collection);
    const version = onTop + 1;
    this.store.put(bucket, rowKey(version), withVersion(patch, version));
    this.versions.set(bucket, version);
    return version;
  }

  /** Patches after a version, oldest first. */
  after(lid: string, collection: string, version: number, limit: number): Uint8Array[] {
    const last = Math.min(this.version(lid, collection), version + limit);
    const patches: Uint8Array[] = [];
    for (let next = version + 1; next <= last; next++) {
      const patch = this.store.get(bucketOf(lid, collection), rowKey(next));
      if (patch) patches.push(patch);
    }
    return patches;
  }
}

/** Tells the other devices of a user to fetch. */
export function announceAppState(services: Services, user: User, collections: string[], except?: Device): void {
  const { appState, office, directory } = services;
  const id = randomBytes(6).toString('hex');
  const attrs = { from: SERVER_JID, type: 'server_sync', id, t: String(seconds(services.clock)) };
  const content = collections.map((name) => {
    return node('collection', { name, version: String(appState.version(user.lid, name)) });
  });
  office.commit(() => {
    for (const device of directory.devicesOf(user)) {
      if (device.number !== except?.number) office.post(device, node('notification', attrs, content));
    }
  });
}

/**
 * A patch that a companion uploads does not say its version, and the one who fetches it needs it (SyncdPatch.version,
 * field 1). Put in front, it gives way to a version that is there.
 */
function withVersion(patch: Uint8Array, version: number): Uint8Array {
  const inner = Uint8Array.of(0x08, ...varint(version));
  return Buffer.concat([Uint8Array.of(0x0a, inner.length), inner, patch]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function bucketOf(lid: string, collection: string): string {
  return `network.app-state.${lid}.${collection}`;
}

function rowKey(version: number): string {
  return String(version).padStart(10, '0');
}
