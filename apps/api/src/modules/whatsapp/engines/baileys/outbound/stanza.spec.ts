import { expect, it } from 'vitest';
import { node } from '../testing/fake-network.js';
import { ada } from '../testing/recipients.js';
import { assertReadable, messageStanza, participantsNode } from './stanza.js';

it('lets no stanza leave that nobody could read (S4)', () => {
  const parts = { id: 'A', to: ada, attrs: {} };
  expect(() => assertReadable(messageStanza({ ...parts, content: [participantsNode([])] }))).toThrow(
    'nobody could have read it',
  );
  expect(() => assertReadable(messageStanza({ ...parts, content: [node('participants', {}, [])] }))).toThrow();
  expect(() =>
    assertReadable(messageStanza({ ...parts, content: [node('participants', {}, [node('to')])] })),
  ).not.toThrow();
});
