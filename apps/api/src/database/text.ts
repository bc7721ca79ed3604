/** What PostgreSQL cannot keep in text or jsonb, U+0000 and half a surrogate pair, becomes U+FFFD: people can send anything. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
