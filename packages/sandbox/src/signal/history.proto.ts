/** What a phone tells a new companion about the past (protocol.md B.7). */
import { messageDefinitions, type Message, type MessageKey } from './message.proto.js';
import { codec, definitions } from './proto.js';

export const HISTORY = { initialBootstrap: 0, recent: 3, onDemand: 6 } as const;
/** Whether the phone has older messages of a chat than those that it sends. */
export const END_OF_HISTORY = { reached: 1, moreOnPhone: 2 } as const;

export interface HistoryMessage {
  key: MessageKey;
  message?: Message;
  messageTimestamp?: number;
  participant?: string;
  pushName?: string;
}

export interface Conversation {
  id: string;
  messages?: { message: HistoryMessage; msgOrderId?: number }[];
  unreadCount?: number;
  endOfHistoryTransferType?: number;
  conversationTimestamp?: number;
  name?: string;
  pnJid?: string;
  lidJid?: string;
}

export interface HistorySync {
  syncType: number;
  conversations?: Conversation[];
  chunkOrder?: number;
  progress?: number;
  pushnames?: { id: string; pushname: string }[];
  phoneNumberToLidMappings?: { pnJid: string; lidJid: string }[];
}

const root = definitions(`${messageDefinitions}
  message HistorySync {
    required int32 syncType = 1; repeated Conversation conversations = 2; optional uint32 chunkOrder = 5;
    optional uint32 progress = 6; repeated Pushname pushnames = 7;
    repeated PhoneNumberToLIDMapping phoneNumberToLidMappings = 15;
  }
  message Conversation {
    required string id = 1; repeated HistorySyncMsg messages = 2; optional uint32 unreadCount = 6;
    optional int32 endOfHistoryTransferType = 11; optional uint64 conversationTimestamp = 12; optional string name = 13; optional string pnJid = 39;
    optional string lidJid = 42;
  }
  message HistorySyncMsg { optional WebMessageInfo message = 1; optional uint64 msgOrderId = 2; }
  message WebMessageInfo {
    required MessageKey key = 1; optional Message message = 2; optional uint64 messageTimestamp = 3;
    optional string participant = 5; optional string pushName = 19;
  }
  message Pushname { optional string id = 1; optional string pushname = 2; }
  message PhoneNumberToLIDMapping { optional string pnJid = 1; optional string lidJid = 2; }
`);

export const historySync = codec<HistorySync>(root, 'HistorySync');
