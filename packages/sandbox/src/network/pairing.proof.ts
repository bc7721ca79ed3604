import { verifyDevice } from '../protocol/adv.js';
import { bytesOf, child, type Node } from '../protocol/node.js';
import { signedDeviceIdentity, type SignedDeviceIdentity } from '../protocol/proto.js';
import type { Completion } from './registration.js';

/**
 * The answer to `pair-success` (protocol.md B.4.6): the identity, signed by the companion, too. Throws when the client
 * refused, or signed something else.
 */
export function checkProof(answer: Node, completion: Completion, companionIdentity: Uint8Array): void {
  if (answer.attrs.type === 'error') {
    const { code = '?', text = '' } = child(answer, 'error')?.attrs ?? {};
    throw new Error(`the client refused to be linked: ${code} ${text}`.trim());
  }
  const identity = child(child(answer, 'pair-device-sign'), 'device-identity');
  if (identity?.attrs['key-index'] !== String(completion.keyIndex)) throw new Error('another key index was signed');
  const { details, accountSignatureKey: accountKey } = completion;
  if (!verifyDevice(opened(bytesOf(identity)), { details, companionIdentity, accountKey }))
    throw new Error('the device signature is wrong');
}

function opened(bytes: Uint8Array | undefined): SignedDeviceIdentity {
  try {
    return signedDeviceIdentity.decode(bytes ?? new Uint8Array());
  } catch {
    return {};
  }
}
