/**
 * Who the server is (protocol.md B.2, S1). Baileys asks for the two signatures of the chain and for the root's serial,
 * which is truly checked since our `libsignal` throws on a wrong one. It does not ask whether the leaf certifies the key
 * that the server has just used, whether the leaf names its issuer, or whether the chain is in date. Without the first, a
 * chain copied from the real server would prove anything.
 *
 * The handshake is private to Baileys; what it calls is not. `processHandshake` derives a secret with the server's static
 * key by `Curve.sharedKey` and then decodes the chain by `proto.CertChain.decode`, in one synchronous run, so the last
 * key that was used when a chain is decoded is the server's. Both are properties of exported objects, looked up at each
 * call. A later version that went another way would fail the specs that offer it a wrong chain.
 */
import { Curve, proto, WA_CERT_DETAILS } from 'baileys';

const ALLOWED_SKEW_SECONDS = 3600;
const REFUSED_STATUS = 400;
type Details = proto.CertChain.NoiseCertificate.Details;

let installed = false;
let lastPeer: Uint8Array | undefined;

/** For a worker of the sandbox network only, once, before its first connection: trust this root instead of WhatsApp's. */
export function trustSandboxRoot(rootKeyHex: string): void {
  const key = Buffer.from(rootKeyHex, 'hex');
  if (key.length !== 32) throw new Error('a root key is 32 bytes in hex');
  WA_CERT_DETAILS.PUBLIC_KEY = key;
}

/** Safe to repeat. */
export function checkCertificates(): void {
  if (installed) return;
  installed = true;
  const { sharedKey } = Curve;
  Curve.sharedKey = (privateKey, publicKey) => {
    lastPeer = publicKey;
    return sharedKey(privateKey, publicKey);
  };
  const decode = proto.CertChain.decode.bind(proto.CertChain) as (
    encoded: Uint8Array,
    length?: number,
  ) => proto.CertChain;
  proto.CertChain.decode = ((encoded: Uint8Array, length?: number) => {
    const chain = decode.call(proto.CertChain, encoded, length);
    checkChain(chain, lastPeer, Date.now() / 1000);
    return chain;
  }) as typeof proto.CertChain.decode;
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
