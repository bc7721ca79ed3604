/**
 * Curve25519 keys and XEdDSA signatures. Public keys carry the type byte 0x05 (33 bytes), private keys do not (32).
 */
import * as bridge from 'whatsapp-rust-bridge';

/** @returns {{ pubKey: Uint8Array, privKey: Uint8Array }} */
export const generateKeyPair = () => bridge.generateKeyPair();

/** @returns {Uint8Array} the 32-byte shared secret */
export const calculateAgreement = (publicKey, privateKey) => bridge.calculateAgreement(publicKey, privateKey);

/** @returns {Uint8Array} 64 bytes */
export const calculateSignature = (privateKey, message) => bridge.calculateSignature(privateKey, message);

/**
 * True, or an Error: Baileys ignores what this returns and takes "did not throw" for "valid", so that with a `false`
 * every certificate and every account signature would pass (protocol.md S1).
 */
export function verifySignature(publicKey, message, signature) {
  if (!bridge.verifySignature(publicKey, message, signature)) throw new Error('invalid signature');
  return true;
}
