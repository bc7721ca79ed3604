/** Nobody waits longer for a picture than this. */
const PATIENCE_MS = 10_000;
/** Pixels, on the longer side: it is shown small, before the film is there. */
const SIDE = 320;

/**
 * What a film shows before it is played, as a JPEG in base64: the server opens no films. Null for what is none, or is none
 * that this browser plays; it goes without then.
 */
export async function posterOf(file: File): Promise<string | null> {
  if (!file.type.startsWith('video/')) return null;
  const film = document.createElement('video');
  const address = URL.createObjectURL(file);
  Object.assign(film, { muted: true, playsInline: true, preload: 'auto', src: address });
  try {
    await happens(film, 'loadeddata');
    // The very first picture is black as often as not.
    const moved = happens(film, 'seeked');
    film.currentTime = Math.min(1, film.duration / 10);
    await moved;
    return drawn(film);
  } catch {
    return null;
  } finally {
    film.removeAttribute('src');
    film.load();
    URL.revokeObjectURL(address);
  }
}

function happens(film: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return new Promise((resolve, reject) => {
    film.addEventListener(name, () => resolve(), { once: true });
    film.addEventListener('error', () => reject(new Error('It cannot be played here.')), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function drawn(film: HTMLVideoElement): string {
  const { videoWidth, videoHeight } = film;
  const scale = Math.min(1, SIDE / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext('2d')!.drawImage(film, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.7).split(',')[1]!;
}
