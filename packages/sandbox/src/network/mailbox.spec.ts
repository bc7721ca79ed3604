import { expect, it } from 'vitest';
import { node, type Node } from '../protocol/node.js';
import { openStore } from '../store/store.js';
import { Mailbox } from './mailbox.js';

const message = (id: string, from = 'a@s.whatsapp.net') => node('message', { id, from });
const receipt = (id: string, from: string, type?: string) => node('receipt', { id, from, type });
const ids = (mailbox: Mailbox) => mailbox.waiting().map(({ stanza }) => stanza.attrs.id);

it('keeps stanzas in order, also when it is opened anew', () => {
  const store = openStore();
  const mailbox = new Mailbox(store, 'box');
  for (const id of ['1', '2', '3']) mailbox.put(message(id));
  expect(mailbox.acknowledge({ tag: 'message', id: '2' })?.stanza.attrs.id).toBe('2');
  const again = new Mailbox(store, 'box');
  expect(ids(again)).toEqual(['1', '3']);
  again.put(message('4'));
  expect(ids(new Mailbox(store, 'box'))).toEqual(['1', '3', '4']);
});

it('tells apart what has one id: kind of receipt, and author with or without device', () => {
  const mailbox = new Mailbox(openStore(), 'box');
  const stanzas = [
    receipt('1', 'a@s.whatsapp.net'),
    receipt('1', 'a@s.whatsapp.net', 'read'),
    receipt('1', 'b:2@s.whatsapp.net', 'read'),
  ];
  for (const stanza of stanzas) mailbox.put(stanza);
  const left = (): Node[] => mailbox.waiting().map(({ stanza }) => stanza);
  mailbox.acknowledge({ tag: 'receipt', id: '1', from: 'b@s.whatsapp.net', type: 'read' });
  expect(left()).toEqual(stanzas.slice(0, 2));
  mailbox.acknowledge({ tag: 'receipt', id: '1', from: 'a@s.whatsapp.net', type: 'read' });
  expect(left()).toEqual(stanzas.slice(0, 1));
  expect(mailbox.acknowledge({ tag: 'message', id: '1' })).toBeUndefined();
  mailbox.acknowledge({ tag: 'receipt', id: '1' });
  expect(left()).toEqual([]);
});

it('acknowledges from a long queue as quickly as from a short one', () => {
  const mailbox = new Mailbox(openStore(), 'box');
  for (let n = 0; n < 5_000; n++) mailbox.put(message(String(n)));
  const begun = performance.now();
  for (let n = 4_999; n >= 0; n--) mailbox.acknowledge({ tag: 'message', id: String(n) });
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(mailbox.first()).toBeUndefined();
});
