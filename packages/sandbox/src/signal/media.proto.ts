/** The messages that carry media, as far as phones and people understand them (protocol.md B.10). */

/** What all of them have: where the encrypted file is, and how it is opened. */
export interface MediaPart {
  url?: string;
  directPath?: string;
  mimetype?: string;
  mediaKey?: Uint8Array;
  mediaKeyTimestamp?: number;
  fileSha256?: Uint8Array;
  fileEncSha256?: Uint8Array;
  fileLength?: number;
}

export interface ImageMessage extends MediaPart {
  caption?: string;
  width?: number;
  height?: number;
  jpegThumbnail?: Uint8Array;
  viewOnce?: boolean;
}

export interface VideoMessage extends ImageMessage {
  seconds?: number;
  gifPlayback?: boolean;
}

export interface AudioMessage extends MediaPart {
  seconds?: number;
  ptt?: boolean;
  waveform?: Uint8Array;
  viewOnce?: boolean;
}

export interface DocumentMessage extends MediaPart {
  title?: string;
  fileName?: string;
  caption?: string;
  jpegThumbnail?: Uint8Array;
}

export interface StickerMessage extends MediaPart {
  width?: number;
  height?: number;
  isAnimated?: boolean;
}

export interface MediaMessages {
  imageMessage?: ImageMessage;
  videoMessage?: VideoMessage;
  audioMessage?: AudioMessage;
  documentMessage?: DocumentMessage;
  stickerMessage?: StickerMessage;
}

/** Inside `message Message`. */
export const mediaFields = `
  optional ImageMessage imageMessage = 3;
  optional DocumentMessage documentMessage = 7;
  optional AudioMessage audioMessage = 8;
  optional VideoMessage videoMessage = 9;
  optional StickerMessage stickerMessage = 26;
  optional FutureProofMessage viewOnceMessage = 37;
  optional FutureProofMessage documentWithCaptionMessage = 53;
  optional FutureProofMessage viewOnceMessageV2 = 55;
  optional FutureProofMessage viewOnceMessageV2Extension = 59;
  message ImageMessage {
    optional string url = 1; optional string mimetype = 2; optional string caption = 3; optional bytes fileSha256 = 4;
    optional uint64 fileLength = 5; optional uint32 height = 6; optional uint32 width = 7; optional bytes mediaKey = 8;
    optional bytes fileEncSha256 = 9; optional string directPath = 11; optional int64 mediaKeyTimestamp = 12;
    optional bytes jpegThumbnail = 16; optional bool viewOnce = 25;
  }
  message VideoMessage {
    optional string url = 1; optional string mimetype = 2; optional bytes fileSha256 = 3; optional uint64 fileLength = 4;
    optional uint32 seconds = 5; optional bytes mediaKey = 6; optional string caption = 7; optional bool gifPlayback = 8;
    optional uint32 height = 9; optional uint32 width = 10; optional bytes fileEncSha256 = 11;
    optional string directPath = 13; optional int64 mediaKeyTimestamp = 14; optional bytes jpegThumbnail = 16;
    optional bool viewOnce = 20;
  }
  message AudioMessage {
    optional string url = 1; optional string mimetype = 2; optional bytes fileSha256 = 3; optional uint64 fileLength = 4;
    optional uint32 seconds = 5; optional bool ptt = 6; optional bytes mediaKey = 7; optional bytes fileEncSha256 = 8;
    optional string directPath = 9; optional int64 mediaKeyTimestamp = 10; optional bytes waveform = 19;
    optional bool viewOnce = 21;
  }
  message DocumentMessage {
    optional string url = 1; optional string mimetype = 2; optional string title = 3; optional bytes fileSha256 = 4;
    optional uint64 fileLength = 5; optional bytes mediaKey = 7; optional string fileName = 8;
    optional bytes fileEncSha256 = 9; optional string directPath = 10; optional int64 mediaKeyTimestamp = 11;
    optional bytes jpegThumbnail = 16; optional string caption = 20;
  }
  message StickerMessage {
    optional string url = 1; optional bytes fileSha256 = 2; optional bytes fileEncSha256 = 3; optional bytes mediaKey = 4;
    optional string mimetype = 5; optional uint32 height = 6; optional uint32 width = 7; optional string directPath = 8;
    optional uint64 fileLength = 9; optional int64 mediaKeyTimestamp = 10; optional bool isAnimated = 13;
  }
`;
