/**
 * The protobuf messages of the connection, with the fields that the sandbox reads or writes; unknown ones are skipped.
 * Numbers are public facts of the protocol (protocol.md B.2, B.4, B.5).
 */
import protobuf from 'protobufjs';

const source = `
syntax = "proto2";

message HandshakeMessage {
  message ClientHello {
    optional bytes ephemeral = 1;
    optional bytes static = 2;
    optional bytes payload = 3;
  }
  message ServerHello {
    optional bytes ephemeral = 1;
    optional bytes static = 2;
    optional bytes payload = 3;
  }
  message ClientFinish {
    optional bytes static = 1;
    optional bytes payload = 2;
  }
  optional ClientHello clientHello = 2;
  optional ServerHello serverHello = 3;
  optional ClientFinish clientFinish = 4;
}

message CertChain {
  message NoiseCertificate {
    message Details {
      optional uint32 serial = 1;
      optional uint32 issuerSerial = 2;
      optional bytes key = 3;
      optional uint64 notBefore = 4;
      optional uint64 notAfter = 5;
    }
    optional bytes details = 1;
    optional bytes signature = 2;
  }
  optional NoiseCertificate leaf = 1;
  optional NoiseCertificate intermediate = 2;
}

message ClientPayload {
  message UserAgent {
    message AppVersion {
      optional uint32 primary = 1;
      optional uint32 secondary = 2;
      optional uint32 tertiary = 3;
    }
    optional uint32 platform = 1;
    optional AppVersion appVersion = 2;
    optional string osVersion = 5;
    optional string manufacturer = 6;
    optional string device = 7;
  }
  message DevicePairingData {
    optional bytes eRegid = 1;
    optional bytes eKeytype = 2;
    optional bytes eIdent = 3;
    optional bytes eSkeyId = 4;
    optional bytes eSkeyVal = 5;
    optional bytes eSkeySig = 6;
    optional bytes buildHash = 7;
    optional bytes deviceProps = 8;
  }
  optional uint64 username = 1;
  optional bool passive = 3;
  optional UserAgent userAgent = 5;
  optional string pushName = 7;
  optional uint32 device = 18;
  optional DevicePairingData devicePairingData = 19;
  optional bool pull = 33;
}

message DeviceProps {
  optional string os = 1;
  optional uint32 platformType = 3;
  optional bool requireFullSync = 4;
}

message ADVDeviceIdentity {
  optional uint32 rawId = 1;
  optional uint64 timestamp = 2;
  optional uint32 keyIndex = 3;
  optional uint32 accountType = 4;
  optional uint32 deviceType = 5;
}

message ADVSignedDeviceIdentity {
  optional bytes details = 1;
  optional bytes accountSignatureKey = 2;
  optional bytes accountSignature = 3;
  optional bytes deviceSignature = 4;
}

message ADVSignedDeviceIdentityHMAC {
  optional bytes details = 1;
  optional bytes hmac = 2;
  optional uint32 accountType = 3;
}
`;

const root = protobuf.parse(source).root;

export interface Certificate {
  details?: Uint8Array;
  signature?: Uint8Array;
}

export interface CertificateDetails {
  serial?: number;
  issuerSerial?: number;
  key?: Uint8Array;
  notBefore?: number;
  notAfter?: number;
}

export interface HandshakeMessage {
  clientHello?: { ephemeral?: Uint8Array; static?: Uint8Array; payload?: Uint8Array };
  serverHello?: { ephemeral?: Uint8Array; static?: Uint8Array; payload?: Uint8Array };
  clientFinish?: { static?: Uint8Array; payload?: Uint8Array };
}

export interface DevicePairingData {
  eRegid?: Uint8Array;
  eKeytype?: Uint8Array;
  eIdent?: Uint8Array;
  eSkeyId?: Uint8Array;
  eSkeyVal?: Uint8Array;
  eSkeySig?: Uint8Array;
  buildHash?: Uint8Array;
  deviceProps?: Uint8Array;
}

export interface ClientPayload {
  /** As text: a number of 15 digits is still exact, but nobody should compute with it. */
  username?: string;
  passive?: boolean;
  pull?: boolean;
  pushName?: string;
  device?: number;
  userAgent?: { platform?: number; appVersion?: { primary?: number; secondary?: number; tertiary?: number } };
  devicePairingData?: DevicePairingData;
}

export interface DeviceProps {
  os?: string;
  platformType?: number;
  requireFullSync?: boolean;
}

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

export interface Codec<T> {
  encode(message: T): Uint8Array;
  /** Throws on bytes that are no such message. */
  decode(bytes: Uint8Array): T;
}

function codec<T extends object>(name: string, options: protobuf.IConversionOptions = { longs: Number }): Codec<T> {
  const type = root.lookupType(name);
  return {
    encode: (message) => type.encode(type.fromObject(message)).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), options) as T,
  };
}

export const handshakeMessage = codec<HandshakeMessage>('HandshakeMessage');
export const certificateChain = codec<{ leaf?: Certificate; intermediate?: Certificate }>('CertChain');
export const certificateDetails = codec<CertificateDetails>('CertChain.NoiseCertificate.Details');
export const clientPayload = codec<ClientPayload>('ClientPayload', { longs: String });
export const deviceProps = codec<DeviceProps>('DeviceProps');
export const deviceIdentity = codec<DeviceIdentity>('ADVDeviceIdentity');
export const signedDeviceIdentity = codec<SignedDeviceIdentity>('ADVSignedDeviceIdentity');
export const signedDeviceIdentityHmac = codec<SignedDeviceIdentityHmac>('ADVSignedDeviceIdentityHMAC');
