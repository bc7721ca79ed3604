import { describe, expect, it } from 'vitest';
import { contentOfDraft, type Draft, kindsOf, missedKind, refusalOf } from './draft';

const MB = 1024 * 1024;
const draft = (more: Partial<Draft>): Draft => ({
  id: '1',
  file: new File(['x'], 'report.pdf'),
  kind: 'document',
  caption: '',
  viewOnce: false,
  ...more,
});

describe('what a file may be sent as', () => {
  it.each([
    ['image/jpeg', 1, ['image', 'document']],
    ['image/jpeg', 17 * MB, ['document']],
    ['image/webp', 1000, ['sticker', 'document']],
    ['video/mp4', 1, ['video', 'gif', 'document']],
    ['video/mp4', 50 * MB, ['video', 'document']],
    ['audio/ogg', 1, ['audio', 'voice', 'document']],
    ['image/svg+xml', 1, ['document']],
    ['text/html', 1, ['document']],
    ['', 1, ['document']],
  ])('%s of %i bytes: %j', (type, size, kinds) => {
    expect(kindsOf({ type, size })).toEqual(kinds);
  });

  it('says so where a picture goes as a document only', () => {
    expect(missedKind({ type: 'image/heic', size: 1 })).toBe('image');
    expect(missedKind({ type: 'video/mp4', size: 101 * MB })).toBe('video');
    expect(missedKind({ type: 'image/png', size: 1 })).toBeNull();
    expect(missedKind({ type: 'application/pdf', size: 1 })).toBeNull();
  });
});

it('refuses nothing, and what is longer than the installation takes', () => {
  expect(refusalOf({ size: 0 }, 10)).toEqual({ why: 'empty' });
  expect(refusalOf({ size: 11 }, 10)).toEqual({ why: 'tooBig', most: 10 });
  expect(refusalOf({ size: 10 }, 10)).toBeNull();
  expect(refusalOf({ size: 3000 * MB }, Infinity)).toEqual({ why: 'tooBig', most: 2048 * MB });
});

it('becomes a message with its caption and its name, where the kind has them', () => {
  expect(contentOfDraft(draft({ caption: ' look ' }))).toMatchObject({ caption: 'look', fileName: 'report.pdf' });
  expect(contentOfDraft(draft({ kind: 'voice', caption: 'lost' }))).not.toHaveProperty('caption');
  expect(contentOfDraft(draft({ kind: 'image' }))).not.toHaveProperty('fileName');
  expect(contentOfDraft(draft({ kind: null }))).toBeNull();
});
