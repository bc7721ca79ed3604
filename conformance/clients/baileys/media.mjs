/** Files by Baileys' own code; the authority of the media host is trusted by the process (NODE_EXTRA_CA_CERTS). */
import { createHash } from 'node:crypto';
import { downloadMediaMessage } from 'baileys';
import { silent } from '../child.mjs';

const bytes = ({ data }) => Buffer.from(data, 'base64');

export const MEDIA = {
  // With a preview of its own, since it makes one by a library that is not here.
  image: (medium) => ({ image: bytes(medium), caption: medium.caption, mimetype: medium.mime, jpegThumbnail: '' }),
  document: (medium) => ({ document: bytes(medium), fileName: medium.fileName, mimetype: medium.mime }),
  voice: (medium) => ({
    audio: bytes(medium),
    ptt: true,
    mimetype: medium.mime,
    seconds: 1,
    waveform: Uint8Array.from(medium.waveform),
  }),
};

/** Of a message as Baileys told it. */
export async function fetched(message, socket) {
  const file = await downloadMediaMessage(
    message,
    'buffer',
    {},
    { logger: silent, reuploadRequest: socket.updateMediaMessage },
  );
  return { sha256: createHash('sha256').update(file).digest('hex'), size: file.length };
}
