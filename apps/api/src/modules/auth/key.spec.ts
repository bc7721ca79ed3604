import { describe, expect, it } from 'vitest';
import { hashOfKey, keyIn, newKey, prefixOfKey } from './key.js';

describe('a key', () => {
  it('is 256 random bits behind a prefix that scanners know', () => {
    expect(newKey()).toMatch(/^tk_[\w-]{43}$/);
    expect(newKey()).not.toBe(newKey());
  });

  it('is stored as its hash and shown by its first characters', () => {
    const key = newKey();
    expect(hashOfKey(key)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOfKey(key)).not.toContain(key.slice(3));
    expect(prefixOfKey(key)).toBe(key.slice(0, 8));
  });

  it('comes in a header of its own or as a bearer', () => {
    expect(keyIn({ 'x-api-key': 'tk_a' })).toBe('tk_a');
    expect(keyIn({ authorization: 'Bearer tk_b' })).toBe('tk_b');
    expect(keyIn({ 'x-api-key': 'tk_a', authorization: 'Bearer tk_b' })).toBe('tk_a');
  });

  it('is not taken from anything else', () => {
    expect(keyIn({ authorization: 'Basic dGtfYQ==' })).toBeUndefined();
    expect(keyIn({ cookie: 'key=tk_a' })).toBeUndefined();
  });
});
