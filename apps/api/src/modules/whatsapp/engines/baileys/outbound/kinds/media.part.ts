/** What the messages of all kinds of media say of their file (protocol.md B.10). */
import type { EngineMedia } from '../../../engine.js';
import { SendFailure } from '../send.failure.js';
import type { Outgoing } from './kind.js';

const bytes = (base64: string | null): Uint8Array => Buffer.from(base64 ?? '', 'base64');

/** Throws when the message comes without its file, which is then a fault of ours. */
export function mediaPart({ outbound: { media } }: Outgoing) {
  const { reference, facts } = needed(media);
  return {
    url: reference.url ?? `https://mmg.whatsapp.net${reference.path}`,
    directPath: reference.path,
    mimetype: facts.mime,
    mediaKey: bytes(reference.key),
    mediaKeyTimestamp: reference.keyedAt ?? 0,
    fileSha256: bytes(reference.sha256),
    fileEncSha256: bytes(reference.encSha256),
    fileLength: reference.size ?? 0,
  };
}

/** Of what is seen: size in pixels, and what is drawn before it is there. */
export function picturePart({ outbound: { media } }: Outgoing) {
  const { width, height, thumbnail } = needed(media).facts;
  return {
    ...(width && height ? { width, height } : {}),
    ...(thumbnail ? { jpegThumbnail: thumbnail } : {}),
  };
}

/** Of what has a length. */
export function playedPart({ outbound: { media } }: Outgoing) {
  const { seconds } = needed(media).facts;
  return seconds ? { seconds: Math.max(1, Math.round(seconds)) } : {};
}

export function fileNameOf({ outbound: { media } }: Outgoing): string | null {
  return needed(media).facts.fileName;
}

function needed(media: EngineMedia | undefined): EngineMedia {
  if (!media) throw new SendFailure('media_failed', 'the message has lost its file');
  return media;
}
