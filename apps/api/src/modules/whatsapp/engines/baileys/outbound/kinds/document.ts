import type { Writer } from './kind.js';
import { fileNameOf, mediaPart, picturePart } from './media.part.js';

/** Phones show a caption only inside its wrapper. */
export const writeDocument: Writer<'document'> = ({ caption, fileName }, outgoing) => {
  const name = fileName ?? fileNameOf(outgoing) ?? 'file';
  const { jpegThumbnail } = picturePart(outgoing);
  const documentMessage = {
    ...mediaPart(outgoing),
    fileName: name,
    title: name,
    ...(jpegThumbnail ? { jpegThumbnail } : {}),
    ...(caption ? { caption } : {}),
  };
  return {
    message: caption ? { documentWithCaptionMessage: { message: { documentMessage } } } : { documentMessage },
    attrs: { type: 'media' },
    encAttrs: { mediatype: 'document' },
  };
};
