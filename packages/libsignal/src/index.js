/**
 * What Baileys imports as `libsignal`. The session classes are the bridge's own: they keep the names of the original and
 * store sessions in a form of their own, so a socket must be given our signal repository (`makeSignalRepository`).
 */
export { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord } from 'whatsapp-rust-bridge';
export * as curve from './curve.js';
export * as crypto from './crypto.js';
