import type { EngineMedia } from '../engines/engine.js';
import type { MediaFacts } from '../engines/media.js';

/** A file of which only the type is known. */
export const factsOf = (mime: string): MediaFacts => ({
  mime,
  fileName: null,
  width: null,
  height: null,
  seconds: null,
  waveform: null,
  thumbnail: null,
});

/** A picture as an engine tells of it that nobody asks for its file. */
export const smallPicture = {
  reference: { size: 10 },
  facts: { ...factsOf('image/jpeg'), width: 4, height: 3 },
} as EngineMedia;
