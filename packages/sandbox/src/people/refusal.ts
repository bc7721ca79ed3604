/** Something that was asked for cannot be done, and the one who asked can see why. */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(
    readonly code: 'not_found' | 'conflict',
    message: string,
  ) {
    super(message);
  }
}
