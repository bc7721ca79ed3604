/** A TLS certificate (X.509, ECDSA P-256), signed by itself or by another one. */
import { createPrivateKey, createPublicKey, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, integer, octets, oid, pem, sequence, set, tagged, time, utf8, yes } from './der.js';

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const ALTERNATIVE_NAMES = '551d11';

export interface CertificateOrder {
  /** PEM, of the one who gets it. */
  key: string;
  name: string;
  /** Names and IPv4 addresses that it is good for. */
  hosts?: string[];
  /** May sign others. */
  authority?: boolean;
  /** Milliseconds since 1970; the last year is 2049. */
  from: number;
  to: number;
  /** Who signs, PEM both; the key itself when left out. */
  issuer?: { key: string; cert: string };
}

/** PEM. */
export function issueCertificate(order: CertificateOrder): string {
  const { key, name, hosts = [], authority = false, from, to, issuer } = order;
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const extensions = [...(authority ? [constraints()] : []), ...(hosts.length > 0 ? [alternatives(hosts)] : [])];
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    nameOf(issuer ? commonName(issuer.cert) : name),
    sequence(time(from), time(to)),
    nameOf(name),
    createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  return pem('CERTIFICATE', sequence(body, algorithm, bits(sign('sha256', body, issuer?.key ?? key))));
}

const nameOf = (name: string): Buffer => sequence(set(sequence(oid(COMMON_NAME), utf8(name))));

const commonName = (cert: string): string => new X509Certificate(cert).subject.replace(/^CN=/, '');

function constraints(): Buffer {
  return sequence(oid(BASIC_CONSTRAINTS), yes(), octets(sequence(yes())));
}

function alternatives(hosts: string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host) ? tagged(0x87, Buffer.from(host.split('.').map(Number))) : tagged(0x82, Buffer.from(host)),
  );
  return sequence(oid(ALTERNATIVE_NAMES), octets(sequence(...names)));
}
