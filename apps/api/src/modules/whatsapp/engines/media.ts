/**
 * Files over the engine port. They go as streams both ways: nothing here holds one whole. A file at WhatsApp is known by a
 * *reference*, plain data that opens it; whoever has it can read the file, so it is kept sealed.
 */
import type { MediaKind } from '@trunkline/contracts';

/** What the media hosts call it, and what its keys are made for. */
export type MediaType = 'image' | 'video' | 'audio' | 'document';

export const MEDIA_TYPE_OF: Record<MediaKind, MediaType> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  gif: 'video',
  audio: 'audio',
  voice: 'audio',
  document: 'document',
};

/** Bytes are base64. */
export interface MediaReference {
  type: MediaType;
  /** With its query; the host is one of those that WhatsApp names at the time. */
  path: string;
  /** The whole address, as the host gave it after an upload: for readers that go by it. */
  url: string | null;
  /** Null: it lies there in clear, as what is posted in channels does, and is known by its hash alone. */
  key: string | null;
  /** Of the file, and of what lies at WhatsApp. */
  sha256: string | null;
  encSha256: string | null;
  size: number | null;
  /** When the key was made, in seconds since 1970. */
  keyedAt: number | null;
}

/** What a sender says about a file. Not to be believed before it was looked at. */
export interface MediaFacts {
  mime: string;
  fileName: string | null;
  width: number | null;
  height: number | null;
  seconds: number | null;
  /** 0 to 100. */
  waveform: number[] | null;
  /** JPEG. */
  thumbnail: Uint8Array | null;
}

/** Read as often as is needed: to know its hash, and to send it. */
export interface MediaSource {
  open(): AsyncIterable<Uint8Array>;
}

/**
 * Takes a file as it arrives. The bytes are checked at their end only: when the iteration throws, what was taken is worth
 * nothing and is thrown away.
 */
export type MediaSink = (bytes: AsyncIterable<Uint8Array>) => Promise<void>;

export const MEDIA_FAILURES = [
  /** No connection to ask by. */
  'not_connected',
  /** The hosts did not answer, or said that it was their fault. */
  'unreachable',
  /** Not at the hosts any more. */
  'gone',
  /** The phone has not got it either. */
  'not_on_phone',
  /** The phone did not answer, or not so that it could be read: it may be off. */
  'phone_silent',
  /** Not what its sender said it was, or changed on the way. */
  'corrupt',
  'too_big',
  /** The hosts do not want it. */
  'refused',
] as const;
export type MediaFailureCode = (typeof MEDIA_FAILURES)[number];
export interface MediaFailure {
  ok: false;
  code: MediaFailureCode;
  detail: string;
}

/** The message that a file belongs to, as WhatsApp knows it. */
export interface MediaMessage {
  waId: string;
  chat: string;
  fromMe: boolean;
  /** In groups: who wrote it. */
  participant: string | null;
}

export interface MediaCapability {
  upload(
    source: MediaSource,
    type: MediaType,
    signal: AbortSignal,
  ): Promise<{ ok: true; reference: MediaReference } | MediaFailure>;
  /** `most`: bytes of the file. The sink's own error is thrown on; everything else is a value. */
  download(
    reference: MediaReference,
    sink: MediaSink,
    options: { most: number; signal: AbortSignal },
  ): Promise<{ ok: true } | MediaFailure>;
  /** Asks the phone to put a file that is gone there again. Answers where it is now. */
  askAgain(
    message: MediaMessage,
    reference: MediaReference,
    signal: AbortSignal,
  ): Promise<{ ok: true; path: string } | MediaFailure>;
}
