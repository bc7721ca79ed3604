/** Files by Baileys' own code; the authority of the media host is trusted by the process (NODE_EXTRA_CA_CERTS). */
import { createHash } from 'node:crypto';
import { downloadMediaMessage } from 'baileys';
import { silent } from '../child.mjs';

const bytes = ({ data }) => Buffer.from(data, 'base64');
const common = ({ caption, mime: mimetype, viewOnce }) => ({ caption, mimetype, ...(viewOnce && { viewOnce }) });
/** With a preview of its own, since it makes one by programs that are not here. */
const seen = (medium) => ({ ...common(medium), jpegThumbnail: '' });

export const MEDIA = {
  image: (medium) => ({ image: bytes(medium), ...seen(medium) }),
  video: (medium) => ({ video: bytes(medium), ...seen(medium) }),
  gif: (medium) => ({ video: bytes(medium), gifPlayback: true, ...seen(medium) }),
  audio: (medium) => ({ audio: bytes(medium), seconds: 1, ...common(medium) }),
  voice: (medium) => ({
    audio: bytes(medium),
    ptt: true,
    seconds: 1,
    waveform: Uint8Array.from(medium.waveform),
    ...common(medium),
  }),
  document: (medium) => ({ document: bytes(medium), fileName: medium.fileName, ...common(medium) }),
  sticker: (medium) => ({ sticker: bytes(medium), ...common(medium) }),
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
