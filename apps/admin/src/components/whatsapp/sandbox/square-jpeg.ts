/** What a phone does with a chosen picture before it sends it or puts it up: a JPEG of a usual size, in base64. */
const SIDE = 640;
const LONGEST = 1280;
const QUALITY = 0.8;

interface Cut {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The middle of it. Rejects for what the browser cannot draw. */
export const squareJpeg = (file: Blob): Promise<string> =>
  drawn(file, ({ width, height }) => {
    const side = Math.min(width, height);
    const cut = { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
    return { cut, width: SIDE, height: SIDE };
  });

/** All of it. Rejects for what the browser cannot draw. */
export const wholeJpeg = (file: Blob): Promise<string> =>
  drawn(file, ({ width, height }) => {
    const scale = Math.min(1, LONGEST / Math.max(width, height));
    const [smallWidth, smallHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
    return { cut: { left: 0, top: 0, width, height }, width: smallWidth!, height: smallHeight! };
  });

async function drawn(
  file: Blob,
  fit: (size: { width: number; height: number }) => { cut: Cut; width: number; height: number },
) {
  const image = await createImageBitmap(file);
  const { cut, width, height } = fit(image);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(image, cut.left, cut.top, cut.width, cut.height, 0, 0, width, height);
  image.close();
  const bytes = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })).arrayBuffer();
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
}
