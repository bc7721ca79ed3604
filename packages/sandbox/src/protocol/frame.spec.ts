import { expect, it } from 'vitest';
import { frame, FrameReader, INTRO } from './frame.js';

const bytes = (...parts: Uint8Array[]) => Buffer.concat(parts);
const routed = (routing: string) => bytes(Uint8Array.of(0x45, 0x44, 0, 1), frame(Buffer.from(routing)), INTRO);

it('reads frames that come in one message, and one that comes in many', () => {
  const reader = new FrameReader();
  const stream = bytes(INTRO, frame(Buffer.from('one')), frame(Buffer.from('')), frame(Buffer.from('three')));
  const found: string[] = [];
  for (const each of stream) found.push(...reader.push(Uint8Array.of(each)).map(String));
  expect(found).toEqual(['one', '', 'three']);
  expect(reader.push(bytes(frame(Buffer.from('x')), frame(Buffer.from('y')))).map(String)).toEqual(['x', 'y']);
  expect(reader.routing).toBeUndefined();
});

it('reads the routing bytes of a client that comes back', () => {
  const reader = new FrameReader();
  const stream = bytes(routed('123:1'), frame(Buffer.from('hello')));
  expect(reader.push(stream.subarray(0, 9))).toEqual([]);
  expect(reader.push(stream.subarray(9)).map(String)).toEqual(['hello']);
  expect(Buffer.from(reader.routing ?? '').toString()).toBe('123:1');
});

it.each([
  ['another protocol', Buffer.from('GET / HTTP/1.1')],
  ['routing bytes and then no intro', bytes(routed('1').subarray(0, 8), Buffer.from('GET '))],
])('refuses %s', (_, stream) => {
  expect(() => new FrameReader().push(stream)).toThrow(/intro/);
});

it('says the length in three bytes, and no more', () => {
  expect([...frame(new Uint8Array(0x010203)).subarray(0, 3)]).toEqual([1, 2, 3]);
  expect(() => frame(new Uint8Array(0x1000000))).toThrow(RangeError);
});
