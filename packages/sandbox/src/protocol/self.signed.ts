/**
 * A TLS certificate that signs itself, for a sandbox behind `wss:`. A client that is not told to trust it refuses it
 * (protocol.md B.9); one that is given it as its authority does not.
 */
import { generateKeyPairSync } from 'node:crypto';
import { issueCertificate } from './x509.js';

const DAY_MS = 24 * 3600 * 1000;

/** Both PEM. Valid from yesterday on, for `days`. */
export function selfSignedCertificate(hosts = ['localhost', '127.0.0.1'], days = 365): { key: string; cert: string } {
  const key = newTlsKey();
  const [from, to] = [Date.now() - DAY_MS, Date.now() + days * DAY_MS];
  return { key, cert: issueCertificate({ key, name: 'sandbox', hosts, authority: true, from, to }) };
}

/** PEM. */
export function newTlsKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
