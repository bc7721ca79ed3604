/** What is signed when a device is linked (protocol.md B.4). Hosted accounts, with other prefixes, are not offered. */
import { verify } from './curve.js';
import { signedDeviceIdentity, signedDeviceIdentityHmac, type SignedDeviceIdentity } from './proto.js';

const ACCOUNT_PREFIX = Uint8Array.of(6, 0);
const DEVICE_PREFIX = Uint8Array.of(6, 1);

/** The signature by the phone over a companion's identity, raw 32 bytes. */
export function accountSigned(details: Uint8Array, companionIdentity: Uint8Array): Uint8Array {
  return Buffer.concat([ACCOUNT_PREFIX, details, companionIdentity]);
}

/** The signature by the companion, over the phone's identity key, too. */
export function deviceSigned(details: Uint8Array, companionIdentity: Uint8Array, accountKey: Uint8Array): Uint8Array {
  return Buffer.concat([DEVICE_PREFIX, details, companionIdentity, accountKey]);
}

/** The identity inside a phone's answer; its HMAC is keyed by a secret that only phone and companion know. */
export function openBox(box: Uint8Array): SignedDeviceIdentity {
  const { details } = signedDeviceIdentityHmac.decode(box);
  if (!details) throw new RangeError('a device identity without details');
  return signedDeviceIdentity.decode(details);
}

export function verifyAccount(signed: SignedDeviceIdentity, companionIdentity: Uint8Array): boolean {
  const { details, accountSignature, accountSignatureKey } = signed;
  if (!details || !accountSignature || !accountSignatureKey) return false;
  return verify(accountSignatureKey, accountSigned(details, companionIdentity), accountSignature);
}

export function verifyDevice(
  signed: SignedDeviceIdentity,
  expected: { details: Uint8Array; companionIdentity: Uint8Array; accountKey: Uint8Array },
): boolean {
  const { details, deviceSignature } = signed;
  if (!details || !deviceSignature || Buffer.compare(details, expected.details) !== 0) return false;
  const message = deviceSigned(expected.details, expected.companionIdentity, expected.accountKey);
  return verify(expected.companionIdentity, message, deviceSignature);
}
