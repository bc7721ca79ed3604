import { expect, it } from 'vitest';
import { fromBytes, toBytes } from './codec.js';
import { formatJid, isGroupJid, isUserJid, parseJid } from './jid.js';
import { bytesOf, child, children, node, textOf } from './node.js';

it('carries nodes there and back, nested, with binary children', () => {
  const stanza = node('iq', { to: '9990100000001:3@s.whatsapp.net', id: 'A1', type: 'get', empty: undefined }, [
    node('list', {}, [node('user', { jid: '184320557700001:2@lid' }), node('user', { jid: '9990@s.whatsapp.net' })]),
    node('value', {}, Uint8Array.of(0, 255, 7)),
  ]);
  expect(fromBytes(toBytes(stanza))).toEqual(stanza);
});

it('gives the server its name with the sign before it, as clients compare it', () => {
  const [flag] = toBytes(node('iq', { from: '@s.whatsapp.net' }));
  expect(flag).toBe(0);
});

it('reads short texts and short bytes whichever way a codec gave them back', () => {
  const read = fromBytes(toBytes(node('a', {}, [node('text', {}, 'ACDC'), node('bytes', {}, Buffer.from('hi'))])));
  expect(textOf(child(read, 'text'))).toBe('ACDC');
  expect(Buffer.from(bytesOf(child(read, 'text')) ?? '')).toEqual(Buffer.from('ACDC'));
  expect(textOf(child(read, 'bytes'))).toBe('hi');
  expect(bytesOf(read)).toBeUndefined();
  expect(children(read, 'nothing')).toEqual([]);
});

it('refuses bytes that are no node', () => {
  expect(() => fromBytes(Uint8Array.of(0, 248, 3, 1))).toThrow();
});

it('takes addresses apart and puts them together', () => {
  expect(parseJid('9990:3@s.whatsapp.net')).toEqual({ user: '9990', device: 3, domain: 's.whatsapp.net' });
  expect(parseJid('1203-77@g.us')).toEqual({ user: '1203-77', device: 0, domain: 'g.us' });
  expect(parseJid('@s.whatsapp.net')).toEqual({ user: '', device: 0, domain: 's.whatsapp.net' });
  expect(parseJid('s.whatsapp.net')).toEqual({ user: '', device: 0, domain: 's.whatsapp.net' });
  expect(parseJid(undefined)).toBeUndefined();
  expect(formatJid('9990', 'lid', 0)).toBe('9990@lid');
  expect(formatJid('9990', 'lid', 2)).toBe('9990:2@lid');
  expect([isGroupJid('1@g.us'), isGroupJid('@g.us'), isGroupJid('1@lid')]).toEqual([true, false, false]);
  expect([isUserJid('1@lid'), isUserJid('@s.whatsapp.net'), isUserJid('1@g.us')]).toEqual([true, false, false]);
});
