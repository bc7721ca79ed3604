import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { calculateMAC, decrypt, deriveSecrets, encrypt } from './crypto.js';
import { PreKeyWhisperMessage } from './protobufs.js';

it('decrypts what it encrypts', () => {
  const [key, iv] = [randomBytes(32), randomBytes(16)];
  expect(decrypt(key, encrypt(key, Buffer.from('hello'), iv), iv).toString()).toBe('hello');
});

it('derives what RFC 5869 says (test case 1)', () => {
  const [first] = deriveSecrets(
    Buffer.alloc(22, 0x0b),
    Buffer.from('000102030405060708090a0b0c', 'hex'),
    Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'),
    1,
  );
  expect(first?.toString('hex')).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf');
});

it('makes whole HMACs', () => {
  expect(
    calculateMAC(Buffer.from('key'), Buffer.from('The quick brown fox jumps over the lazy dog')).toString('hex'),
  ).toBe('f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8');
});

it('reads the first message of a session', () => {
  const bytes = Buffer.from('082a1201aa1a02bbcc2203010203288080013007', 'hex');
  expect(PreKeyWhisperMessage.decode(bytes)).toEqual({
    preKeyId: 42,
    baseKey: Buffer.from('aa', 'hex'),
    identityKey: Buffer.from('bbcc', 'hex'),
    message: Buffer.from('010203', 'hex'),
    registrationId: 16384,
    signedPreKeyId: 7,
  });
  expect(() => PreKeyWhisperMessage.decode(bytes.subarray(0, 8))).toThrow('ends inside');
});
