/** Files by zapo-js' own code; the authority of the media host is trusted by the process (NODE_EXTRA_CA_CERTS). */
import { createHash } from 'node:crypto';

const media = ({ data, mime, caption, viewOnce }) => ({
  media: new Uint8Array(Buffer.from(data, 'base64')),
  mimetype: mime,
  caption,
  viewOnce,
});

export const MEDIA = {
  image: (medium) => ({ type: 'image', ...media(medium) }),
  video: (medium) => ({ type: 'video', ...media(medium) }),
  gif: (medium) => ({ type: 'video', gifPlayback: true, ...media(medium) }),
  audio: (medium) => ({ type: 'audio', seconds: 1, ...media(medium) }),
  voice: (medium) => ({
    type: 'audio',
    ptt: true,
    seconds: 1,
    waveform: Uint8Array.from(medium.waveform),
    ...media(medium),
  }),
  document: (medium) => ({ type: 'document', fileName: medium.fileName, ...media(medium) }),
  sticker: (medium) => ({ type: 'sticker', ...media(medium) }),
};

const TYPES = {
  imageMessage: 'image',
  videoMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  stickerMessage: 'sticker',
};

/** Of a message without its wrappers. */
export async function fetched(message, client) {
  const field = Object.keys(TYPES).find((name) => message[name]);
  const { url, directPath, mediaKey, fileSha256, fileEncSha256 } = message[field];
  const file = await client.mediaTransfer.downloadAndDecrypt({
    mediaType: TYPES[field],
    url,
    directPath,
    mediaKey,
    fileSha256,
    fileEncSha256,
  });
  return { sha256: createHash('sha256').update(file).digest('hex'), size: file.length };
}
