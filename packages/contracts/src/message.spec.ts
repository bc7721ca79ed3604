import { expect, it } from 'vitest';
import { messageSendSchema } from './message.js';
import { messageBatchSendSchema } from './outbox.js';

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

it.each([
  ['2026-05-01T10:00:00Z', '2026-05-01T09:59:00Z'],
  ['2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z'],
])('refuses, at the field, what may leave from %s on and not after %s', (notBefore, notAfter) => {
  const body = { accountId: id, to: '+628123456789', text: 'hi', notBefore };
  expect(messageSendSchema.safeParse({ ...body, notAfter: '2026-05-01T10:01:00Z' }).success).toBe(true);
  expect(messageSendSchema.safeParse({ ...body, notAfter }).error?.issues).toEqual([
    expect.objectContaining({ path: ['notAfter'] }),
  ]);
});

it('takes an event that ends after it begins, and says of another where it is wrong', () => {
  const event = { kind: 'event', name: 'Opening', startsAt: '2027-01-15T08:00:00Z' };
  const body = (more: object) =>
    messageSendSchema.safeParse({ accountId: id, to: '+628123456789', content: { ...event, ...more } });
  expect(body({}).data?.content).toEqual({ ...event, endsAt: null, cancelled: false });
  expect(body({ endsAt: '2027-01-15T09:00:00Z', place: 'Shop' }).success).toBe(true);
  for (const [wrong, field] of [
    [{ endsAt: event.startsAt }, 'endsAt'],
    [{ name: ' ' }, 'name'],
    [{ cancelled: true }, 'cancelled'],
  ] as const)
    expect(body(wrong).error?.issues).toEqual([expect.objectContaining({ path: ['content', field] })]);
});

it('takes a thousand messages in one call, and not one more', () => {
  const of = (count: number) => ({
    messages: Array.from({ length: count }, () => ({ message: { accountId: id, to: '+628123456789', text: 'hi' } })),
  });
  expect(messageBatchSendSchema.safeParse(of(1_000)).success).toBe(true);
  expect(messageBatchSendSchema.safeParse(of(1_001)).error?.issues).toEqual([
    expect.objectContaining({ path: ['messages'] }),
  ]);
});
