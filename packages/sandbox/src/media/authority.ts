/**
 * The sandbox's own certificate authority, made at its first start and kept in its store. It signs the certificate of the
 * media host and nothing else; a client of the sandbox trusts it for media, and for nothing else if it can.
 */
import { newTlsKey } from '../protocol/self.signed.js';
import { issueCertificate } from '../protocol/x509.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';

interface Authority {
  key: string;
  cert: string;
}

/** The same whatever a test clock says: TLS goes by the machine's own. */
const FROM = Date.UTC(2024, 0, 1);
const TO = Date.UTC(2049, 11, 31);

export function loadAuthority(store: Store): Authority {
  const records = new Records<Authority>(store, 'media.authority');
  const known = records.get('ca');
  if (known) return known;
  const key = newTlsKey();
  const cert = issueCertificate({ key, name: 'Trunkline sandbox media CA', authority: true, from: FROM, to: TO });
  records.put('ca', { key, cert });
  return { key, cert };
}

/** For a server at these hosts, with a key of its own. */
export function certificateFor(issuer: Authority, hosts: string[]): Authority {
  const key = newTlsKey();
  return { key, cert: issueCertificate({ key, name: 'sandbox media', hosts, from: FROM, to: TO, issuer }) };
}
