/** PostgreSQL's text holds no NUL, and its JSON no half of a surrogate pair; both come in from outside. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** JSON that a jsonb column takes, whatever texts are in it. */
export const toJsonb = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
