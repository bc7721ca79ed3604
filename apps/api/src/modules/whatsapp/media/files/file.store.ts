/** Where files lie, each under the SHA-256 of its bytes (hex). Putting and removing are safe to repeat. */
import type { Readable } from 'node:stream';

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileStore {
  /** Takes a local file over: it is gone from `path` afterwards. */
  put(sha256: string, path: string): Promise<void>;
  /** Undefined when it is not there. */
  open(sha256: string, range?: ByteRange): Promise<Readable | undefined>;
  remove(sha256: string): Promise<void>;
}
