/**
 * Device identities: how a phone signs a companion, and how anyone checks that a companion was signed by its phone
 * (protocol.md B.4.4, B.4.6).
 */
import { createHmac } from 'node:crypto';
import { accountSigned, verifyAccount, verifyDevice } from '../protocol/adv.js';
import { sign, withoutType } from '../protocol/curve.js';
import { deviceIdentity, signedDeviceIdentity, signedDeviceIdentityHmac } from '../protocol/proto.js';
import type { Keyring } from './keyring.js';

export interface CompanionOffer {
  identity: Uint8Array;
  advSecret: Uint8Array;
  rawId: number;
  keyIndex: number;
  /** Seconds. */
  timestamp: number;
}

/** What a phone answers to a QR or a pairing code. */
export function signCompanion(phone: Keyring, offer: CompanionOffer) {
  const { rawId, keyIndex, timestamp } = offer;
  const details = deviceIdentity.encode({ rawId, timestamp, keyIndex, accountType: 0, deviceType: 0 });
  const accountSignatureKey = withoutType(phone.identity.pubKey);
  const accountSignature = sign(phone.identity.privKey, accountSigned(details, offer.identity));
  const signed = signedDeviceIdentity.encode({ details, accountSignatureKey, accountSignature });
  const hmac = createHmac('sha256', offer.advSecret).update(signed).digest();
  return { box: signedDeviceIdentityHmac.encode({ details: signed, hmac }), details, accountSignatureKey };
}

/**
 * Checks the `device-identity` that comes with the first message of a companion whose identity key is `identity`. Every message
 * is a first one until it is answered, and an own phone never answers: what was found right once is not reckoned again.
 */
export function isSignedCompanion(bytes: Uint8Array, identity: Uint8Array): boolean {
  const place = `${Buffer.from(identity).toString('base64')} ${Buffer.from(bytes).toString('base64')}`;
  if (found.has(place)) return true;
  if (!check(bytes, identity)) return false;
  if (found.size >= MOST_FOUND) found.clear();
  found.add(place);
  return true;
}

const found = new Set<string>();
const MOST_FOUND = 2_000;

function check(bytes: Uint8Array, identity: Uint8Array): boolean {
  const signed = signedDeviceIdentity.decode(bytes);
  const { details, accountSignatureKey: accountKey } = signed;
  if (!details || !accountKey) return false;
  const companionIdentity = withoutType(identity);
  return verifyAccount(signed, companionIdentity) && verifyDevice(signed, { details, companionIdentity, accountKey });
}
