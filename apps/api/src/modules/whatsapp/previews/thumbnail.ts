const WIDTH = 192;
const MOST_PIXELS = 24_000_000;
/** By what the bytes are, not by what the answer calls them: a drawing in SVG may name further files. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif']);

/** A small JPEG; undefined for what is no picture. */
export async function thumbnailOf(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    const { default: sharp } = await import('sharp');
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!format || !FORMATS.has(format)) return undefined;
    const small = picture.rotate().resize({ width: WIDTH, height: WIDTH, fit: 'inside', withoutEnlargement: true });
    return await small.flatten({ background: 'white' }).jpeg({ quality: 60 }).toBuffer();
  } catch {
    return undefined;
  }
}
