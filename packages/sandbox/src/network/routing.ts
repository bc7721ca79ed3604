import { deviceKey, type Device, type Directory } from './directory.js';

/** The bytes that a client brings back with its next intro: they say whose it is before the handshake. */
export function routingOf(device: Device): Uint8Array {
  return Buffer.from(deviceKey(device));
}

export function accountOfRouting(directory: Directory, routing: Uint8Array): string | undefined {
  const [lid] = Buffer.from(routing).toString('utf8').split(':');
  return directory.user(lid)?.pn;
}
