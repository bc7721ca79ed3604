import type { ProxyCredentials } from '@trunkline/contracts';
import { SealBrokenError, type Vault } from '../sessions/vault.js';
import { type ProxyAddress, ProxyError } from './line/proxy.js';
import type { ProxyRow } from './proxy.view.js';

/** Bound to the proxy: the credentials of one open nothing for another. */
const placeOf = (id: string) => ({ accountId: 'installation', kind: 'proxy', id });

export const sealCredentials = (vault: Vault, id: string, credentials: ProxyCredentials): Buffer =>
  vault.seal(placeOf(id), Buffer.from(JSON.stringify(credentials)));

/** With the key that seals now; what does not open stays as it is. */
export function renewCredentials(vault: Vault, id: string, sealed: Buffer | null): Buffer | null {
  try {
    return sealed && vault.renew(placeOf(id), sealed);
  } catch (error) {
    if (error instanceof SealBrokenError) return sealed;
    throw error;
  }
}

/** Throws `ProxyError` when the credentials do not open: without them it would be another proxy. */
export function addressOf(vault: Vault, { id, kind, host, port, sealed }: ProxyRow): ProxyAddress {
  if (sealed === null) return { kind, host, port };
  try {
    const credentials = JSON.parse(vault.open(placeOf(id), sealed).toString()) as ProxyCredentials;
    return { kind, host, port, credentials };
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error;
    throw new ProxyError('User name and password of the proxy cannot be opened. Enter them again.');
  }
}
