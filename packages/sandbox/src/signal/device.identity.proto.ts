/** How a phone vouches for a companion (protocol.md B.4.4). */
import { codec, definitions } from './proto.js';

export interface DeviceIdentity {
  rawId?: number;
  timestamp?: number;
  keyIndex?: number;
  accountType?: number;
  deviceType?: number;
}

export interface SignedDeviceIdentity {
  details?: Uint8Array;
  accountSignatureKey?: Uint8Array;
  accountSignature?: Uint8Array;
  deviceSignature?: Uint8Array;
}

export interface SignedDeviceIdentityHmac {
  details?: Uint8Array;
  hmac?: Uint8Array;
  accountType?: number;
}

const root = definitions(`
  message ADVDeviceIdentity {
    optional uint32 rawId = 1; optional uint64 timestamp = 2; optional uint32 keyIndex = 3;
    optional int32 accountType = 4; optional int32 deviceType = 5;
  }
  message ADVSignedDeviceIdentity {
    optional bytes details = 1; optional bytes accountSignatureKey = 2; optional bytes accountSignature = 3;
    optional bytes deviceSignature = 4;
  }
  message ADVSignedDeviceIdentityHMAC {
    optional bytes details = 1; optional bytes hmac = 2; optional int32 accountType = 3;
  }
`);

export const deviceIdentity = codec<DeviceIdentity>(root, 'ADVDeviceIdentity');
export const signedDeviceIdentity = codec<SignedDeviceIdentity>(root, 'ADVSignedDeviceIdentity');
export const signedDeviceIdentityHmac = codec<SignedDeviceIdentityHmac>(root, 'ADVSignedDeviceIdentityHMAC');
