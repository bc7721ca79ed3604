import { describe, expect, it } from 'vitest';
import { RecordCache } from './record.cache.js';

const value = (length: number) => new Uint8Array(length);

describe('the cache of records', () => {
  it('knows what was set, what is absent, and what it does not know', () => {
    const cache = new RecordCache();
    cache.set('a', 'session', 'session 1', value(3));
    cache.set('a', 'session', 'session 2', null);
    expect(cache.get('a', 'session 1')).toHaveLength(3);
    expect(cache.get('a', 'session 2')).toBeNull();
    expect(cache.get('a', 'session 3')).toBeUndefined();
    expect(cache.get('b', 'session 1')).toBeUndefined();
  });

  it('lets the least lately used go first, and never outgrows its bound', () => {
    const cache = new RecordCache(4_000);
    for (let i = 0; i < 100; i += 1) {
      cache.set(`a${i % 3}`, 'session', `session ${i}`, value(400));
      cache.get('a0', 'session 0');
      expect(cache.bytes).toBeLessThanOrEqual(4_000);
    }
    expect(cache.get('a0', 'session 0')).toBeDefined();
    expect(cache.get('a0', 'session 3')).toBeUndefined();
    expect(cache.get('a0', 'session 99')).toBeDefined();
  });

  it('keeps nothing of kinds that are read once, and nothing of an account that is forgotten', () => {
    const cache = new RecordCache();
    cache.set('a', 'pre-key', 'pre-key 1', value(64));
    expect(cache.bytes).toBe(0);
    cache.set('a', 'session', 'session 1', value(64));
    cache.set('a', 'session', 'session 1', value(65));
    cache.set('b', 'session', 'session 1', value(64));
    const before = cache.bytes;
    cache.forget('a');
    expect(cache.get('a', 'session 1')).toBeUndefined();
    expect(cache.get('b', 'session 1')).toBeDefined();
    expect(cache.bytes).toBeLessThan(before);
    cache.forget('b');
    expect(cache.bytes).toBe(0);
  });
});
