import { describe, expect, it } from 'vitest';
import { ownOrigin, senderOf } from './origin.js';

const own = 'http://127.0.0.1:3000';

describe('the one origin', () => {
  it('is the address that the request was sent to', () => {
    expect(ownOrigin({ protocol: 'http', host: '127.0.0.1:3000' }, undefined)).toBe(own);
  });

  it('is PUBLIC_URL where that is set, whatever the request says', () => {
    expect(ownOrigin({ protocol: 'http', host: 'evil.example' }, 'https://wa.example.com')).toBe(
      'https://wa.example.com',
    );
  });
});

describe('where a request comes from', () => {
  it.each([
    ['our own page', { origin: own }, 'same'],
    ['another site', { origin: 'https://evil.example' }, 'foreign'],
    ['another port of this machine', { origin: 'http://127.0.0.1:3001' }, 'foreign'],
    ['a sandboxed frame', { origin: 'null' }, 'foreign'],
    ['an origin that only begins like ours', { origin: `${own}.evil.example` }, 'foreign'],
    ['a browser that sends no Origin, from our page', { 'sec-fetch-site': 'same-origin' }, 'same'],
    ['a browser that sends no Origin, from a sister domain', { 'sec-fetch-site': 'same-site' }, 'foreign'],
    ['a browser that sends no Origin, from elsewhere', { 'sec-fetch-site': 'cross-site' }, 'foreign'],
    [
      'a foreign Origin that claims to be of our site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      'foreign',
    ],
    ['a program', {}, 'silent'],
  ])('%s', (_, headers, sender) => {
    expect(senderOf(headers, own)).toBe(sender);
  });
});
