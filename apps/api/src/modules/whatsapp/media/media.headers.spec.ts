import { describe, expect, it } from 'vitest';
import { rangeOf, servedType } from './media.headers.js';

describe('the type that a file is handed out under', () => {
  it.each([
    ['image/jpeg', 'image/jpeg'],
    ['audio/ogg; codecs=opus', 'audio/ogg'],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['application/pdf', 'application/pdf'],
    ['image/svg+xml', 'application/octet-stream'],
    ['text/html', 'application/octet-stream'],
    ['application/xhtml+xml', 'application/octet-stream'],
    ['application/javascript', 'application/octet-stream'],
    ['text/javascript', 'application/octet-stream'],
    ['application/xml', 'application/octet-stream'],
  ])('%s: %s', (mime, served) => {
    expect(servedType(mime)).toBe(served);
  });
});

describe('a range', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=5-2', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=1-2', 'whole'],
  ])('%s of 100 bytes', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });
});
