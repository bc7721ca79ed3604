import { describe, expect, it } from 'vitest';
import { storableJson, storableText } from './text.js';

describe('text for PostgreSQL', () => {
  it('replaces what cannot be stored and keeps the rest', () => {
    expect(storableText('a\0b')).toBe('a\uFFFDb');
    expect(storableText('half \uD83D of a smile')).toBe('half \uFFFD of a smile');
    expect(storableText('whole 😀 \\u0000')).toBe('whole 😀 \\u0000');
  });

  it('reaches into json, and leaves an escape that a person typed alone', () => {
    expect(JSON.parse(storableJson({ text: '\0', typed: '\\u0000' }))).toEqual({ text: '\uFFFD', typed: '\\u0000' });
  });
});
