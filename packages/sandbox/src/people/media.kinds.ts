/** Which message carries which kind of media, read and written. */
import type { PostedFile, SendMedia, SeenMedia } from '../control/contract.js';
import type { MediaType } from '../media/media.cipher.js';
import type { MediaPart } from '../signal/media.proto.js';
import type { Message } from '../signal/message.proto.js';

export type MediaKind = SendMedia['kind'];

export const TYPE_OF: Record<MediaKind, MediaType> = {
  image: 'image',
  video: 'video',
  gif: 'video',
  audio: 'audio',
  voice: 'audio',
  document: 'document',
  sticker: 'image',
};

export interface MediaRead {
  kind: MediaKind;
  part: MediaPart;
  caption: string;
  about: Pick<SeenMedia, 'fileName' | 'width' | 'height' | 'seconds' | 'waveform' | 'hasThumbnail' | 'viewOnce'>;
}

/** Undefined for a message that carries none. */
export function mediaOf(message: Message): MediaRead | undefined {
  const once = (message.viewOnceMessage ?? message.viewOnceMessageV2 ?? message.viewOnceMessageV2Extension)?.message;
  const inside = once ?? message.documentWithCaptionMessage?.message;
  if (inside) {
    const read = mediaOf(inside);
    return read && { ...read, about: { ...read.about, viewOnce: read.about.viewOnce || once !== undefined } };
  }
  const { imageMessage: image, videoMessage: video, audioMessage: audio } = message;
  if (image) return { kind: 'image', part: image, caption: image.caption ?? '', about: about(image) };
  if (video)
    return {
      kind: video.gifPlayback ? 'gif' : 'video',
      part: video,
      caption: video.caption ?? '',
      about: about(video),
    };
  if (audio) return { kind: audio.ptt ? 'voice' : 'audio', part: audio, caption: '', about: about(audio) };
  const { documentMessage: document, stickerMessage: sticker } = message;
  if (document) return { kind: 'document', part: document, caption: document.caption ?? '', about: about(document) };
  if (sticker) return { kind: 'sticker', part: sticker, caption: '', about: about(sticker) };
  return undefined;
}

interface Details {
  fileName?: string;
  width?: number;
  height?: number;
  seconds?: number;
  waveform?: Uint8Array;
  jpegThumbnail?: Uint8Array;
  viewOnce?: boolean;
}

const about = ({
  fileName,
  width,
  height,
  seconds,
  waveform,
  jpegThumbnail,
  viewOnce,
}: Details): MediaRead['about'] => ({
  fileName: fileName ?? null,
  width: width ?? null,
  height: height ?? null,
  seconds: seconds ?? null,
  waveform: waveform ? [...waveform] : null,
  hasThumbnail: (jpegThumbnail?.length ?? 0) > 0,
  viewOnce: viewOnce ?? false,
});

/** What a phone makes of a file that was put to the media hosts. */
export function mediaMessage(input: PostedFile & { viewOnce?: boolean | undefined }, part: MediaPart): Message {
  const { kind, caption, fileName, width, height, seconds, viewOnce } = input;
  const said = { ...part, ...defined({ caption, width, height, seconds }), ...(viewOnce && { viewOnce }) };
  const once = (message: Message): Message => (viewOnce ? { viewOnceMessageV2: { message } } : message);
  if (kind === 'image') return once({ imageMessage: said });
  if (kind === 'video') return once({ videoMessage: said });
  if (kind === 'gif') return { videoMessage: { ...said, gifPlayback: true } };
  if (kind === 'audio') return { audioMessage: { ...part, ...defined({ seconds }), ptt: false } };
  if (kind === 'voice') {
    const waveform = input.waveform && Uint8Array.from(input.waveform);
    const voice = { ...part, ...defined({ seconds, waveform }), ptt: true };
    return viewOnce
      ? { viewOnceMessageV2Extension: { message: { audioMessage: { ...voice, viewOnce } } } }
      : { audioMessage: voice };
  }
  if (kind === 'sticker') return { stickerMessage: { ...part, ...defined({ width, height }) } };
  const documentMessage = { ...part, ...defined({ caption, fileName, title: fileName }) };
  return caption ? { documentWithCaptionMessage: { message: { documentMessage } } } : { documentMessage };
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
