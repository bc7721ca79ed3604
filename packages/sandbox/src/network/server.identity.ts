import { createServerIdentity, type ServerIdentity } from '../protocol/certificate.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';

/** The same root, and the same static key, over restarts: clients remember both. */
export function loadServerIdentity(store: Store): ServerIdentity {
  const records = new Records<ServerIdentity>(store, 'network.server');
  const known = records.get('identity');
  if (known) return known;
  const created = createServerIdentity();
  records.put('identity', created);
  return created;
}
