/** WhatsApp draws so many. */
const BARS = 64;
const FULL = 100;
/** Quieter than this is silence, whatever else is in the recording: else the hum of a microphone would fill the bars. */
const FLOOR = 0.02;

/** Loudness over time as `count` bars from 0 to 100, the loudest of the recording at 100. `levels` are from 0 to 1. */
export function barsOf(levels: readonly number[], count = BARS): number[] {
  const loudest = Math.max(FLOOR, ...levels);
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [(index * levels.length) / count, ((index + 1) * levels.length) / count];
    const part = levels.slice(Math.floor(from), Math.max(Math.floor(from) + 1, Math.floor(to)));
    return Math.round((Math.max(0, ...part) / loudest) * FULL);
  });
}

/** From 0 to 1. */
export const loudness = (samples: Float32Array): number =>
  Math.min(1, Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)));
