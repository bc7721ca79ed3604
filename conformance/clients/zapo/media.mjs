/** Files by zapo-js' own code; the authority of the media host is trusted by the process (NODE_EXTRA_CA_CERTS). */
import { createHash } from 'node:crypto';

const media = ({ data, mime }) => ({ media: new Uint8Array(Buffer.from(data, 'base64')), mimetype: mime });

export const MEDIA = {
  image: (medium) => ({ type: 'image', ...media(medium), caption: medium.caption }),
  document: (medium) => ({ type: 'document', ...media(medium), fileName: medium.fileName }),
  voice: (medium) => ({
    type: 'audio',
    ...media(medium),
    ptt: true,
    seconds: 1,
    waveform: Uint8Array.from(medium.waveform),
  }),
};

const TYPES = { imageMessage: 'image', documentMessage: 'document', audioMessage: 'audio' };

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
