import { expect, it } from 'vitest';
import { messageSendSchema } from './message.js';

const id = '0198c0de-0000-7000-8000-00000000dead';
const send = (content: object) =>
  messageSendSchema.safeParse({ accountId: id, to: '+628123456789', viewOnce: true, content });

it.each(['image', 'video', 'voice'])('lets a file of kind %s be opened once', (kind) => {
  expect(send({ kind, mediaId: id }).success).toBe(true);
});

it.each([
  { kind: 'text', text: 'hi' },
  { kind: 'document', mediaId: id },
  { kind: 'sticker', mediaId: id },
  { kind: 'poll', question: 'When?', options: ['now', 'later'] },
])('refuses, at the field, to have %j opened once', (content) => {
  const { error } = send(content);
  expect(error?.issues).toEqual([
    expect.objectContaining({ path: ['viewOnce'], message: expect.stringMatching(/image, a video or a voice note/) }),
  ]);
});
