import { codec, definitions } from './proto.js';

interface PreKeyMessage {
  identityKey?: Uint8Array;
}

const root = definitions('message PreKeySignalMessage { optional bytes identityKey = 3; }');
const preKeyMessage = codec<PreKeyMessage>(root, 'PreKeySignalMessage');

/** The identity key that a `pkmsg` claims; its first byte is the version. Undefined when it is not readable. */
export function identityOf(pkmsg: Uint8Array): Uint8Array | undefined {
  try {
    return preKeyMessage.decode(pkmsg.subarray(1)).identityKey;
  } catch {
    // A torn message has no identity; decrypting it reports the failure.
    return undefined;
  }
}
