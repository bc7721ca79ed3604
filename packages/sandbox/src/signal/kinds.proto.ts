/** Messages that carry something else than text or a file; part of `message.proto.ts`. */
import type { ContextInfo, MessageKey } from './message.proto.js';

export interface Place {
  degreesLatitude?: number;
  degreesLongitude?: number;
  name?: string;
  address?: string;
  contextInfo?: ContextInfo;
}

export interface PollCreation {
  name?: string;
  options?: { optionName?: string }[];
  selectableOptionsCount?: number;
  contextInfo?: ContextInfo;
}

export interface KindMessages {
  contactMessage?: { displayName?: string; vcard?: string; contextInfo?: ContextInfo };
  contactsArrayMessage?: { displayName?: string; contacts?: { displayName?: string; vcard?: string }[] };
  locationMessage?: Place;
  liveLocationMessage?: {
    degreesLatitude?: number;
    degreesLongitude?: number;
    caption?: string;
    sequenceNumber?: number;
    /** Seconds since the sharing began. */
    timeOffset?: number;
  };
  listMessage?: {
    title?: string;
    description?: string;
    buttonText?: string;
    listType?: number;
    sections?: { title?: string; rows?: { title?: string; description?: string; rowId?: string }[] }[];
  };
  listResponseMessage?: { title?: string; singleSelectReply?: { selectedRowId?: string }; contextInfo?: ContextInfo };
  buttonsMessage?: {
    contentText?: string;
    footerText?: string;
    buttons?: { buttonId?: string; buttonText?: { displayText?: string } }[];
  };
  buttonsResponseMessage?: { selectedButtonId?: string; selectedDisplayText?: string; contextInfo?: ContextInfo };
  pollCreationMessage?: PollCreation;
  pollCreationMessageV3?: PollCreation;
  pollUpdateMessage?: {
    pollCreationMessageKey?: MessageKey;
    vote?: { encPayload?: Uint8Array; encIv?: Uint8Array };
    senderTimestampMs?: number;
  };
  encEventResponseMessage?: { eventCreationMessageKey?: MessageKey; encPayload?: Uint8Array; encIv?: Uint8Array };
  eventMessage?: {
    name?: string;
    description?: string;
    location?: Place;
    startTime?: number;
    endTime?: number;
    isCanceled?: boolean;
  };
  pinInChatMessage?: { key?: MessageKey; type?: number; senderTimestampMs?: number };
  keepInChatMessage?: { key?: MessageKey; keepType?: number; timestampMs?: number };
  /** In no client's definitions: what a kind that is newer than a client looks like to it. */
  newerMessage?: { text?: string };
}

export const kindFields = `
    optional ContactMessage contactMessage = 4;
    optional LocationMessage locationMessage = 5;
    optional ContactsArrayMessage contactsArrayMessage = 13;
    optional LiveLocationMessage liveLocationMessage = 18;
    optional ListMessage listMessage = 36;
    optional ListResponseMessage listResponseMessage = 39;
    optional ButtonsMessage buttonsMessage = 42;
    optional ButtonsResponseMessage buttonsResponseMessage = 43;
    optional PollCreationMessage pollCreationMessage = 49;
    optional PollUpdateMessage pollUpdateMessage = 50;
    optional PollCreationMessage pollCreationMessageV3 = 64;
    optional EventMessage eventMessage = 75;
    optional EncEventResponseMessage encEventResponseMessage = 76;
    optional KeepInChatMessage keepInChatMessage = 51;
    optional PinInChatMessage pinInChatMessage = 63;
    optional NewerMessage newerMessage = 9001;

    message KeepInChatMessage {
      optional MessageKey key = 1; optional int32 keepType = 2; optional int64 timestampMs = 3;
    }
    message PinInChatMessage {
      optional MessageKey key = 1; optional int32 type = 2; optional int64 senderTimestampMs = 3;
    }

    message ContactMessage {
      optional string displayName = 1; optional string vcard = 16; optional ContextInfo contextInfo = 17;
    }
    message ContactsArrayMessage { optional string displayName = 1; repeated ContactMessage contacts = 2; }
    message LocationMessage {
      optional double degreesLatitude = 1; optional double degreesLongitude = 2; optional string name = 3;
      optional string address = 4; optional ContextInfo contextInfo = 17;
    }
    message LiveLocationMessage {
      optional double degreesLatitude = 1; optional double degreesLongitude = 2; optional string caption = 6;
      optional int64 sequenceNumber = 7; optional uint32 timeOffset = 8;
    }
    message ListMessage {
      optional string title = 1; optional string description = 2; optional string buttonText = 3;
      optional int32 listType = 4; repeated Section sections = 5;
      message Section { optional string title = 1; repeated Row rows = 2; }
      message Row { optional string title = 1; optional string description = 2; optional string rowId = 3; }
    }
    message ListResponseMessage {
      optional string title = 1; optional SingleSelectReply singleSelectReply = 3; optional ContextInfo contextInfo = 4;
      message SingleSelectReply { optional string selectedRowId = 1; }
    }
    message ButtonsMessage {
      optional string contentText = 6; optional string footerText = 7; repeated Button buttons = 9;
      message Button { optional string buttonId = 1; optional ButtonText buttonText = 2; }
      message ButtonText { optional string displayText = 1; }
    }
    message ButtonsResponseMessage {
      optional string selectedButtonId = 1; optional string selectedDisplayText = 2; optional ContextInfo contextInfo = 3;
    }
    message PollCreationMessage {
      optional string name = 2; repeated Option options = 3; optional uint32 selectableOptionsCount = 4;
      optional ContextInfo contextInfo = 5;
      message Option { optional string optionName = 1; }
    }
    message PollUpdateMessage {
      optional MessageKey pollCreationMessageKey = 1; optional PollEncValue vote = 2;
      optional int64 senderTimestampMs = 4;
    }
    message PollEncValue { optional bytes encPayload = 1; optional bytes encIv = 2; }
    message EventMessage {
      optional bool isCanceled = 2; optional string name = 3; optional string description = 4;
      optional LocationMessage location = 5; optional int64 startTime = 7; optional int64 endTime = 8;
      optional ContextInfo contextInfo = 1;
    }
    message EncEventResponseMessage {
      optional MessageKey eventCreationMessageKey = 1; optional bytes encPayload = 2; optional bytes encIv = 3;
    }
    message NewerMessage { optional string text = 1; }
`;
