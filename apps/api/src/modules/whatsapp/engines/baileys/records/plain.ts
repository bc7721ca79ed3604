/**
 * Stored values as JSON, with bytes as `{"$bytes": base64}`. Versioned; what an older version wrote must stay readable.
 * Own properties only: a protobuf object is stored as its fields.
 */
const VERSION = 1;
const BYTES = '$bytes';

export const pack = (value: unknown): Uint8Array => Buffer.from(JSON.stringify({ v: VERSION, value: toPlain(value) }));

/** Throws when the bytes are not what `pack` wrote. */
export function unpack<T>(bytes: Uint8Array): T {
  const stored: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (!isObject(stored) || stored.v !== VERSION) throw new Error('a stored value of another version');
  return fromPlain(stored.value) as T;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isObject(value)) return value;
  if (isLong(value)) return value.toNumber();
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toPlain(each)]));
}

function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (!isObject(value)) return value;
  if (typeof value[BYTES] === 'string') return Buffer.from(value[BYTES], 'base64');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromPlain(each)]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isLong = (value: object): value is { toNumber(): number } =>
  'toNumber' in value && typeof value.toNumber === 'function' && 'unsigned' in value;
