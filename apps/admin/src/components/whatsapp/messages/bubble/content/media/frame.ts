import type { Media } from '@trunkline/contracts';

/** Pixels. */
const WIDE = 320;
const NARROW = 176;
const TALL = 360;
/** Of what nobody knows the shape. */
const USUAL = 4 / 3;

/**
 * The place that a picture takes in its bubble, known before any of it is there, so that nothing moves when it comes. Very
 * long and very tall ones are cut.
 */
export function frameOf({ width, height }: Pick<Media, 'width' | 'height'>): { width: number; aspectRatio: number } {
  const shape = width && height ? width / height : USUAL;
  const aspectRatio = Math.min(Math.max(shape, NARROW / TALL), WIDE / 120);
  return { width: Math.round(Math.max(NARROW, Math.min(WIDE, TALL * aspectRatio))), aspectRatio };
}
