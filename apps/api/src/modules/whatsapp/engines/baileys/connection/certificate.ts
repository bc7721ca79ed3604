/**
 * Who the server is (protocol.md B.2, S1). The two signatures of the chain are asked for, and the root's serial, as Baileys
 * does; and what it does not ask: whether the leaf certifies the key that the server has just used, whether the leaf names its
 * issuer, and whether the chain is in date. Without the first, a chain copied from the real server would prove anything.
 */
import { createHash } from 'node:crypto';
import { Curve, proto, WA_CERT_DETAILS } from 'baileys';

const ALLOWED_SKEW_SECONDS = 3600;
const REFUSED_STATUS = 400;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
type Details = proto.CertChain.NoiseCertificate.Details;

/** For a worker of the sandbox network only, once, before its first connection: trust this root instead of WhatsApp's. */
export function trustSandboxRoot(rootKeyHex: string): void {
  const key = Buffer.from(rootKeyHex, 'hex');
  if (key.length !== 32) throw new Error('a root key is 32 bytes in hex');
  WA_CERT_DETAILS.PUBLIC_KEY = key;
}

/** Throws with `output.statusCode` 400 when the chain does not prove that this key is the server's. */
export function checkServer(encoded: Uint8Array, serverKey: Uint8Array): void {
  const chain = proto.CertChain.decode(encoded);
  checkSignatures(chain);
  checkChain(chain, serverKey, Date.now() / 1000);
}

function checkSignatures({ leaf, intermediate }: proto.ICertChain): void {
  const issuer = detailsOf(intermediate);
  if (!isSigned(issuer.key, leaf)) throw refused('is not signed by its issuer');
  if (!isSigned(WA_CERT_DETAILS.PUBLIC_KEY, intermediate)) throw refused('has an issuer that the root did not sign');
  if (issuer.issuerSerial !== WA_CERT_DETAILS.SERIAL) throw refused('has an issuer of another root');
}

/**
 * Signatures that were found good, by their key, text and signature: all accounts are shown the same chain, and to look at it
 * costs a fifth of the handshake.
 */
const good = new Set<string>();
const MOST_GOOD = 64;

function isSigned(
  key: Uint8Array | null | undefined,
  certificate: proto.CertChain.INoiseCertificate | null | undefined,
): boolean {
  const { details, signature } = certificate ?? {};
  if (!details || signature?.length !== SIGNATURE_BYTES || key?.length !== KEY_BYTES) return false;
  const seen = createHash('sha256').update(key).update(signature).update(details).digest('base64');
  if (good.has(seen)) return true;
  if (!Curve.verify(key, details, signature)) return false;
  if (good.size >= MOST_GOOD) good.clear();
  good.add(seen);
  return true;
}

/** Throws with `output.statusCode` 400, as Baileys does for a wrong signature. */
export function checkChain(chain: proto.ICertChain, serverKey: Uint8Array | undefined, nowSeconds: number): void {
  const leaf = detailsOf(chain.leaf);
  const intermediate = detailsOf(chain.intermediate);
  if (!serverKey || !leaf.key || !Buffer.from(leaf.key).equals(serverKey))
    throw refused('is for another key than the server used');
  if (leaf.issuerSerial !== intermediate.serial) throw refused('names another issuer');
  for (const details of [leaf, intermediate]) if (!isInDate(details, nowSeconds)) throw refused('is out of date');
}

function detailsOf(certificate: proto.CertChain.INoiseCertificate | null | undefined): Details {
  if (!certificate?.details) throw refused('is missing');
  return proto.CertChain.NoiseCertificate.Details.decode(certificate.details);
}

/** A date of 0 is none. */
function isInDate({ notBefore, notAfter }: Details, now: number): boolean {
  const [from, until] = [Number(notBefore), Number(notAfter)];
  return now >= from - ALLOWED_SKEW_SECONDS && (until === 0 || now <= until + ALLOWED_SKEW_SECONDS);
}

const refused = (why: string): Error =>
  Object.assign(new Error(`the server's certificate ${why}`), { output: { statusCode: REFUSED_STATUS } });
