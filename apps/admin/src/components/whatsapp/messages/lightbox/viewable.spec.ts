import type { Media, MediaContent } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { aMessage } from '../../../../testing/builders';
import { viewables } from './viewable';

const media = (mime: string, state: Media['state'] = 'ready') => ({ id: 'm', mime, state }) as Media;
const one = (id: string, kind: MediaContent['kind'], file: Media | null, viewOnce = false) =>
  aMessage({ id, content: { kind, mediaId: 'm' } as MediaContent, media: file, viewOnce });

it('leafs through pictures and films that are here, oldest first, by what they are', () => {
  const messages = [
    one('7', 'image', media('image/png', 'gone')),
    one('6', 'image', media('application/octet-stream')),
    one('5', 'document', media('image/png')),
    one('4', 'voice', media('audio/ogg')),
    one('3', 'video', media('video/mp4')),
    one('2', 'sticker', media('image/webp')),
    one('1', 'image', media('image/png')),
    aMessage(),
  ];
  expect(viewables(messages, null).map(({ id }) => id)).toEqual(['1', '3']);
});

it('shows what is to be seen once to who asked for it alone', () => {
  const messages = [one('2', 'image', media('image/png'), true), one('1', 'image', media('image/png'))];
  expect(viewables(messages, '1').map(({ id }) => id)).toEqual(['1']);
  expect(viewables(messages, '2').map(({ id }) => id)).toEqual(['1', '2']);
});
