/**
 * The certificate chain that proves the server's static Noise key (protocol.md B.2): root signs intermediate, which
 * signs leaf, whose key is the static key. Clients that check less than all of it are the reason for the bad ones.
 */
import { createKeys, sign, type CurveKeys } from './curve.js';
import { certificateChain, certificateDetails, type Certificate } from './proto.js';

const YEAR_SECONDS = 365 * 24 * 3600;

export interface ServerIdentity {
  root: CurveKeys;
  intermediate: CurveKeys;
  /** The static Noise key, that of the leaf. */
  leaf: CurveKeys;
}

/**
 * What is wrong with a chain that is sent on purpose. `root-signature`: the intermediate is not signed by the root.
 * `leaf-signature`: the leaf is not signed by the intermediate. `leaf-key`: a valid chain for another server's key.
 * `expired`: rightly signed, and over since yesterday. `issuer`: the leaf names another intermediate's serial.
 */
export const chainFlaws = ['root-signature', 'leaf-signature', 'leaf-key', 'expired', 'issuer'] as const;
export type ChainFlaw = (typeof chainFlaws)[number];

export function createServerIdentity(): ServerIdentity {
  return { root: createKeys(), intermediate: createKeys(), leaf: createKeys() };
}

const SERIAL = { intermediate: 1, leaf: 2 };

export function signChain(identity: ServerIdentity, nowSeconds: number, flaw?: ChainFlaw): Uint8Array {
  const { root, intermediate, leaf } = identity;
  const stranger = createKeys();
  const dates = { notBefore: nowSeconds - YEAR_SECONDS, notAfter: nowSeconds + YEAR_SECONDS };
  if (flaw === 'expired') dates.notAfter = nowSeconds - 24 * 3600;
  return certificateChain.encode({
    intermediate: certify((flaw === 'root-signature' ? stranger : root).privateKey, {
      serial: SERIAL.intermediate,
      issuerSerial: 0,
      key: intermediate.publicKey,
      ...dates,
    }),
    leaf: certify((flaw === 'leaf-signature' ? stranger : intermediate).privateKey, {
      serial: SERIAL.leaf,
      issuerSerial: flaw === 'issuer' ? SERIAL.intermediate + 7 : SERIAL.intermediate,
      key: (flaw === 'leaf-key' ? stranger : leaf).publicKey,
      ...dates,
    }),
  });
}

function certify(issuerPrivateKey: Uint8Array, fields: Parameters<typeof certificateDetails.encode>[0]): Certificate {
  const details = certificateDetails.encode(fields);
  return { details, signature: sign(issuerPrivateKey, details) };
}
