import { type Media, UNSTORED_MEDIA } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { aMessage } from '../../../../testing/builders';
import { canDelete, canEdit, canForward, canStar } from './possible';

const at = Date.parse('2026-11-24T10:00:00.000Z');
const ours = aMessage({ direction: 'out', status: 'delivered' });

it('lets one edit the own texts for a quarter of an hour', () => {
  expect(canEdit(ours, at + 14 * 60_000)).toBe(true);
  expect(canEdit(ours, at + 15 * 60_000)).toBe(false);
  expect(canEdit(aMessage(), at)).toBe(false);
  expect(canEdit({ ...ours, status: 'queued' }, at)).toBe(false);
  const image = { kind: 'image', mediaId: UNSTORED_MEDIA } as const;
  expect(canEdit({ ...ours, content: { ...image, caption: 'look' } }, at)).toBe(true);
  expect(canEdit({ ...ours, content: image }, at)).toBe(false);
});

it('lets one delete what was sent, and forward what can be written anew', () => {
  expect(canDelete(ours)).toBe(true);
  expect(canDelete(aMessage())).toBe(false);
  expect(canForward(aMessage())).toBe(true);
  expect(canStar(aMessage())).toBe(true);
  expect(canStar({ ...ours, status: 'queued' })).toBe(false);
  expect(canForward(aMessage({ content: { kind: 'call', video: false, outcome: 'missed' } }))).toBe(false);
});

it('lets one forward a file that is here and may be seen more than once', () => {
  const media = { state: 'ready' } as Media;
  const image = aMessage({ content: { kind: 'image', mediaId: UNSTORED_MEDIA }, media });
  expect(canForward(image)).toBe(true);
  expect(canForward({ ...image, viewOnce: true })).toBe(false);
  expect(canForward({ ...image, media: { ...media, state: 'gone' } })).toBe(false);
});
