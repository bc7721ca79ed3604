/**
 * What is inside a decrypted `enc`: the subset of `Message` that phones and people understand. Fields that are not
 * named here are skipped, and the message then counts as kind `other`.
 */
import { mediaFields, type MediaMessages } from './media.proto.js';
import { kindFields, type KindMessages } from './kinds.proto.js';
import { codec, definitions } from './proto.js';

export interface MessageKey {
  remoteJid?: string;
  fromMe?: boolean;
  id?: string;
  participant?: string;
}

export interface ContextInfo {
  stanzaId?: string;
  participant?: string;
  quotedMessage?: Message;
  mentionedJid?: string[];
  forwardingScore?: number;
  isForwarded?: boolean;
  /** Seconds. */
  expiration?: number;
}

export interface AppStateSyncKey {
  keyId: { keyId: Uint8Array };
  keyData?: {
    keyData: Uint8Array;
    fingerprint?: { rawId?: number; currentIndex?: number; deviceIndexes?: number[] };
    timestamp?: number;
  };
}

export const PROTOCOL = {
  revoke: 0,
  ephemeralSetting: 3,
  historySyncNotification: 5,
  appStateSyncKeyShare: 6,
  appStateSyncKeyRequest: 7,
  messageEdit: 14,
  peerDataRequest: 16,
} as const;

/** What a companion asks of its phone. */
export interface PeerDataRequest {
  peerDataOperationRequestType?: number;
  historySyncOnDemandRequest?: {
    chatJid?: string;
    oldestMsgId?: string;
    oldestMsgFromMe?: boolean;
    onDemandMsgCount?: number;
    oldestMsgTimestampMs?: number;
  };
}

export interface ProtocolMessage {
  key?: MessageKey;
  type?: number;
  ephemeralExpiration?: number;
  historySyncNotification?: {
    syncType?: number;
    chunkOrder?: number;
    progress?: number;
    peerDataRequestSessionId?: string;
    initialHistBootstrapInlinePayload?: Uint8Array;
  };
  appStateSyncKeyShare?: { keys?: AppStateSyncKey[] };
  appStateSyncKeyRequest?: { keyIds?: { keyId: Uint8Array }[] };
  editedMessage?: Message;
  timestampMs?: number;
  peerDataOperationRequestMessage?: PeerDataRequest;
}

export interface Message extends MediaMessages, KindMessages {
  conversation?: string;
  senderKeyDistributionMessage?: { groupId?: string; axolotlSenderKeyDistributionMessage?: Uint8Array };
  extendedTextMessage?: {
    text?: string;
    /** Of a preview: the link in the text, and what the page says of itself. */
    matchedText?: string;
    title?: string;
    description?: string;
    jpegThumbnail?: Uint8Array;
    contextInfo?: ContextInfo;
  };
  protocolMessage?: ProtocolMessage;
  deviceSentMessage?: { destinationJid?: string; message?: Message; phash?: string };
  messageContextInfo?: { messageSecret?: Uint8Array; messageAddOnDurationInSecs?: number };
  ephemeralMessage?: { message?: Message };
  viewOnceMessage?: { message?: Message };
  viewOnceMessageV2?: { message?: Message };
  viewOnceMessageV2Extension?: { message?: Message };
  documentWithCaptionMessage?: { message?: Message };
  reactionMessage?: { key?: MessageKey; text?: string; senderTimestampMs?: number };
  editedMessage?: { message?: Message };
}

export const messageDefinitions = `
  message MessageKey {
    optional string remoteJid = 1; optional bool fromMe = 2; optional string id = 3; optional string participant = 4;
  }
  message ContextInfo {
    optional string stanzaId = 1; optional string participant = 2; optional Message quotedMessage = 3;
    repeated string mentionedJid = 15; optional uint32 forwardingScore = 21; optional bool isForwarded = 22;
    optional uint32 expiration = 25;
  }
  message MessageContextInfo { optional bytes messageSecret = 3; optional uint32 messageAddOnDurationInSecs = 5; }
  message Message {
    optional string conversation = 1;
    optional SenderKeyDistributionMessage senderKeyDistributionMessage = 2;
    optional ExtendedTextMessage extendedTextMessage = 6;
    optional ProtocolMessage protocolMessage = 12;
    optional DeviceSentMessage deviceSentMessage = 31;
    optional MessageContextInfo messageContextInfo = 35;
    optional FutureProofMessage ephemeralMessage = 40;
    optional ReactionMessage reactionMessage = 46;
    optional FutureProofMessage editedMessage = 58;
    ${mediaFields}
    ${kindFields}

    message SenderKeyDistributionMessage {
      optional string groupId = 1; optional bytes axolotlSenderKeyDistributionMessage = 2;
    }
    message ExtendedTextMessage {
      optional string text = 1; optional string matchedText = 2; optional string description = 5;
      optional string title = 6; optional bytes jpegThumbnail = 16; optional ContextInfo contextInfo = 17;
    }
    message DeviceSentMessage {
      optional string destinationJid = 1; optional Message message = 2; optional string phash = 3;
    }
    message FutureProofMessage { optional Message message = 1; }
    message ReactionMessage {
      optional MessageKey key = 1; optional string text = 2; optional int64 senderTimestampMs = 4;
    }
    message ProtocolMessage {
      optional MessageKey key = 1;
      optional int32 type = 2;
      optional uint32 ephemeralExpiration = 4;
      optional HistorySyncNotification historySyncNotification = 6;
      optional AppStateSyncKeyShare appStateSyncKeyShare = 7;
      optional AppStateSyncKeyRequest appStateSyncKeyRequest = 8;
      optional Message editedMessage = 14;
      optional int64 timestampMs = 15;
      optional PeerDataOperationRequestMessage peerDataOperationRequestMessage = 16;
    }
    message HistorySyncNotification {
      optional int32 syncType = 6; optional uint32 chunkOrder = 7; optional uint32 progress = 9;
      optional bytes initialHistBootstrapInlinePayload = 11; optional string peerDataRequestSessionId = 12;
    }
    message PeerDataOperationRequestMessage {
      optional int32 peerDataOperationRequestType = 1;
      optional HistorySyncOnDemandRequest historySyncOnDemandRequest = 4;
    }
    message HistorySyncOnDemandRequest {
      optional string chatJid = 1; optional string oldestMsgId = 2; optional bool oldestMsgFromMe = 3;
      optional int32 onDemandMsgCount = 4; optional int64 oldestMsgTimestampMs = 5;
    }
    message AppStateSyncKeyShare { repeated AppStateSyncKey keys = 1; }
    message AppStateSyncKeyRequest { repeated AppStateSyncKeyId keyIds = 1; }
    message AppStateSyncKey { optional AppStateSyncKeyId keyId = 1; optional AppStateSyncKeyData keyData = 2; }
    message AppStateSyncKeyId { optional bytes keyId = 1; }
    message AppStateSyncKeyData {
      optional bytes keyData = 1; optional AppStateSyncKeyFingerprint fingerprint = 2; optional int64 timestamp = 3;
    }
    message AppStateSyncKeyFingerprint {
      optional uint32 rawId = 1; optional uint32 currentIndex = 2; repeated uint32 deviceIndexes = 3 [packed=true];
    }
  }
`;

export const message = codec<Message>(definitions(messageDefinitions), 'Message');
