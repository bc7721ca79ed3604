/**
 * What a phone does for a companion it has just linked (protocol.md B.7): it shares the key to its app state and, inline,
 * the recent past, in parts that say how far it has come. The push name is there to be read by then, since before the
 * companion was linked: a notice of it that came ahead of the key would be of no use. Each step may be repeated after a crash.
 */
import { HISTORY } from '../signal/history.proto.js';
import { PROTOCOL, type ProtocolMessage } from '../signal/message.proto.js';
import type { AppStateKey } from '../signal/app.state.js';
import { historyNotice, historyOf, pastOf } from './history.js';
import { tellCompanion } from './peer.js';
import type { Person } from './person.js';

/** Messages that a new companion gets; it asks for older ones. */
const RECENT = 400;
const PART = 100;

export async function firstSync(person: Person, key: AppStateKey, device: number): Promise<void> {
  await tellCompanion(person, device, keyShare(key, person.world.now()));
  const past = pastOf(person).slice(0, person.profile.phone?.firstSync ?? RECENT);
  const parts = Math.max(1, Math.ceil(past.length / PART));
  for (let part = 0; part < parts; part++) {
    const syncType = part === 0 ? HISTORY.initialBootstrap : HISTORY.recent;
    const progress = Math.round(((part + 1) / parts) * 100);
    const messages = past.slice(part * PART, (part + 1) * PART);
    const sync = historyOf(person, messages, { syncType, chunkOrder: part + 1, progress });
    await tellCompanion(person, device, historyNotice(sync));
  }
}

export function keyShare(key: AppStateKey, now: number): ProtocolMessage {
  const keyData = { keyData: key.data, fingerprint: { rawId: 0, currentIndex: 0, deviceIndexes: [0] }, timestamp: now };
  return {
    type: PROTOCOL.appStateSyncKeyShare,
    appStateSyncKeyShare: { keys: [{ keyId: { keyId: key.id }, keyData }] },
  };
}
