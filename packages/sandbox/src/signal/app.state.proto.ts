/** App-state collections travel as patches of encrypted mutations (protocol.md B.7). */
import { codec, definitions } from './proto.js';

export const OPERATION = { set: 0, remove: 1 } as const;

export interface SyncdRecord {
  index?: { blob?: Uint8Array };
  value?: { blob?: Uint8Array };
  keyId?: { id?: Uint8Array };
}

export interface SyncdMutation {
  operation?: number;
  record?: SyncdRecord;
}

export interface SyncdPatch {
  version?: { version?: number };
  mutations?: SyncdMutation[];
  snapshotMac?: Uint8Array;
  patchMac?: Uint8Array;
  keyId?: { id?: Uint8Array };
  deviceIndex?: number;
}

/** What a mutation says; the index beside it says of which chat or message. `muteEndTimestamp`: milliseconds, -1 for ever. */
export interface SyncActionValue {
  timestamp?: number;
  starAction?: { starred?: boolean };
  muteAction?: { muted?: boolean; muteEndTimestamp?: number };
  pinAction?: { pinned?: boolean };
  pushNameSetting?: { name?: string };
  archiveChatAction?: { archived?: boolean };
  markChatAsReadAction?: { read?: boolean };
}

export interface SyncActionData {
  index?: Uint8Array;
  value?: SyncActionValue;
  padding?: Uint8Array;
  version?: number;
}

const root = definitions(`
  message SyncdPatch {
    optional SyncdVersion version = 1; repeated SyncdMutation mutations = 2; optional bytes snapshotMac = 4;
    optional bytes patchMac = 5; optional KeyId keyId = 6; optional uint32 deviceIndex = 8;
  }
  message SyncdVersion { optional uint64 version = 1; }
  message SyncdMutation { optional int32 operation = 1; optional SyncdRecord record = 2; }
  message SyncdRecord { optional Blob index = 1; optional Blob value = 2; optional KeyId keyId = 3; }
  message Blob { optional bytes blob = 1; }
  message KeyId { optional bytes id = 1; }
  message SyncActionData {
    optional bytes index = 1; optional SyncActionValue value = 2; optional bytes padding = 3; optional int32 version = 4;
  }
  message SyncActionValue {
    optional int64 timestamp = 1; optional StarAction starAction = 2; optional MuteAction muteAction = 4;
    optional PinAction pinAction = 5; optional PushNameSetting pushNameSetting = 7;
    optional ArchiveChatAction archiveChatAction = 17; optional MarkChatAsReadAction markChatAsReadAction = 20;
  }
  message StarAction { optional bool starred = 1; }
  message MuteAction { optional bool muted = 1; optional int64 muteEndTimestamp = 2; }
  message PinAction { optional bool pinned = 1; }
  message ArchiveChatAction { optional bool archived = 1; }
  message MarkChatAsReadAction { optional bool read = 1; }
  message PushNameSetting { optional string name = 1; }
`);

export const syncdPatch = codec<SyncdPatch>(root, 'SyncdPatch');
export const syncActionData = codec<SyncActionData>(root, 'SyncActionData');
