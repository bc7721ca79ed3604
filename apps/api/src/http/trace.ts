import { randomBytes } from 'node:crypto';

export const TRACE_HEADER = 'x-trace-id';

/** 16 bytes in hex, the form of W3C trace ids. Made here for each request: one from outside could forge lines of the log. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}
