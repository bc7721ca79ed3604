/**
 * A picture as WhatsApp wants it: a square JPEG of a size that phones make, without anything that the file said of itself. The
 * library is loaded by the first.
 */

const SIDE = 640;
const QUALITY = 80;
/** A small file that unfolds to more than this many pixels is not opened. */
const MOST_PIXELS = 100_000_000;

/** Cut from its middle. Undefined for what is no picture. */
export async function squarePicture(path: string): Promise<Buffer | undefined> {
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(path, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize(SIDE, SIDE, { fit: 'cover' })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer();
  } catch {
    return undefined;
  }
}
