import type { Store } from './store.js';

/** JSON in which bytes are `{ "$bytes": "base64" }`: what the network keeps is small and worth being able to read. */
export function pack(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value, replaceBytes));
}

/** Looks at the value itself: a Buffer's own `toJSON` has already run on what it is handed. */
function replaceBytes(this: Record<string, unknown>, key: string, each: unknown): unknown {
  const value = this[key];
  return value instanceof Uint8Array ? wrap(value) : each;
}

export function unpack<T>(bytes: Uint8Array): T {
  return JSON.parse(Buffer.from(bytes).toString('utf8'), (_, each) => (isWrapped(each) ? unwrap(each) : each)) as T;
}

interface Wrapped {
  $bytes: string;
}

function wrap(bytes: Uint8Array): Wrapped {
  return { $bytes: Buffer.from(bytes).toString('base64') };
}

function isWrapped(value: unknown): value is Wrapped {
  return typeof value === 'object' && value !== null && '$bytes' in value;
}

function unwrap(wrapped: Wrapped): Uint8Array {
  return new Uint8Array(Buffer.from(wrapped.$bytes, 'base64'));
}

/** One bucket whose values are plain objects. */
export class Records<T> {
  constructor(
    private readonly store: Store,
    private readonly bucket: string,
  ) {}

  get(key: string): T | undefined {
    const bytes = this.store.get(this.bucket, key);
    return bytes && unpack<T>(bytes);
  }

  put(key: string, value: T): void {
    this.store.put(this.bucket, key, pack(value));
  }

  delete(key: string): void {
    this.store.delete(this.bucket, key);
  }

  entries(): [key: string, value: T][] {
    return this.store.entries(this.bucket).map(([key, bytes]) => [key, unpack<T>(bytes)]);
  }
}
