import type { Mention } from '@trunkline/contracts';
import { beforeAll, expect, it } from 'vitest';
import { mentionsIn, withNames } from './mentions';
import { loadPhoneLibrary } from './phone';

beforeAll(() => loadPhoneLibrary());

const bob: Mention = { phoneNumber: '+6281234567890', lid: '77', name: 'Bob', me: false };
const number: Mention = { phoneNumber: '+447911123456', lid: null, name: null };
const lid: Mention = { phoneNumber: null, lid: '88', name: null };
const own: Mention = { phoneNumber: '+6281200000000', lid: null, name: 'Shop', me: true };
const words = { you: 'You', hidden: 'hidden number' };
/** As it is read, without the marks that keep directions apart. */
const said = (text: string, mentions: Mention[]) => withNames(text, mentions, words).replaceAll(/[\u2066-\u2069]/g, '');

it('finds who is named, by number or by LID, and nobody else', () => {
  expect(mentionsIn('hi @77, and @6281234567890!', [bob])).toEqual([
    { text: 'hi ' },
    { text: '@77', mention: bob },
    { text: ', and ' },
    { text: '@6281234567890', mention: bob },
    { text: '!' },
  ]);
  expect(mentionsIn('at @770 or 77', [bob]).filter(({ mention }) => mention)).toEqual([]);
  expect(mentionsIn('@77', [])).toEqual([{ text: '@77' }]);
});

it('says names, else numbers as their country writes them, and never an address that says nothing', () => {
  expect(said('@77 and @447911123456', [bob, number])).toBe('@Bob and @+44 7911 123456');
  expect(said('@88?', [lid])).toBe('@hidden number?');
  expect(said('@6281200000000, please', [own])).toBe('@You, please');
});

it('keeps a number from left to right in a text that runs the other way', () => {
  expect(withNames('שלום @447911123456', [number], words)).toBe('שלום @\u2066+44 7911 123456\u2069');
});
