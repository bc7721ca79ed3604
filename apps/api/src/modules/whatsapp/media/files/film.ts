/** How large a film is when it is shown, and how long. Its pictures stay closed: to open them takes ffmpeg. */

/** Bytes of the file that are held at a time. */
const HELD = 1024 * 1024;

export interface Film {
  width?: number;
  height?: number;
  seconds?: number;
}

/** As seen, so after a phone that was held upright. Nothing for a container that is not known, or without a picture in it. */
export async function filmOf(path: string): Promise<Film> {
  // Only where a film comes: it is a large library, and a worker starts without it.
  const { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } = await import('mediabunny');
  // What fails while nobody reads is told by the next read.
  const source = new FilePathSource(path, { maxCacheSize: HELD, handleUnhandledError: () => undefined });
  const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return {};
    const seconds = await input.getDurationFromMetadata();
    const frame = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
    return { ...frame, ...(seconds !== null && { seconds }) };
  } catch {
    return {}; // One that breaks its reader is one of which nothing is known.
  } finally {
    input.dispose();
  }
}
