/** This device's own Signal keys, in the bridge's shapes (public keys with their type byte, 33 bytes). */
import type { SignalCreds } from 'baileys';
import { generateSignalPubKey } from 'baileys';
import type { KeyPair, SignedPreKey } from 'whatsapp-rust-bridge';

/** Baileys' key pairs, and our stored one-time prekeys, hold the bare 32 bytes. */
export const bridgeKeyPair = (pair: { public: Uint8Array; private: Uint8Array }): KeyPair => ({
  pubKey: Uint8Array.from(generateSignalPubKey(pair.public)),
  privKey: Uint8Array.from(pair.private),
});

export const ownIdentity = (creds: SignalCreds): KeyPair => bridgeKeyPair(creds.signedIdentityKey);

export function ownSignedPreKey(creds: SignalCreds, id: number): SignedPreKey | null {
  const { keyId, keyPair, signature } = creds.signedPreKey;
  return id === keyId ? { keyId, keyPair: bridgeKeyPair(keyPair), signature: Uint8Array.from(signature) } : null;
}
