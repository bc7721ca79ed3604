import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { calculateAgreement, calculateSignature, generateKeyPair, verifySignature } from './curve.js';

it('agrees on one secret from both sides', () => {
  const [ada, bob] = [generateKeyPair(), generateKeyPair()];
  expect(calculateAgreement(bob.pubKey, ada.privKey)).toEqual(calculateAgreement(ada.pubKey, bob.privKey));
});

it('takes a signature that is valid', () => {
  const keys = generateKeyPair();
  expect(verifySignature(keys.pubKey, Buffer.from('yes'), calculateSignature(keys.privKey, Buffer.from('yes')))).toBe(
    true,
  );
});

it('throws on a signature that is not (S1)', () => {
  const keys = generateKeyPair();
  const signature = calculateSignature(keys.privKey, Buffer.from('yes'));
  expect(() => verifySignature(keys.pubKey, Buffer.from('no'), signature)).toThrow('invalid signature');
  expect(() => verifySignature(keys.pubKey, Buffer.from('yes'), randomBytes(64))).toThrow('invalid signature');
  expect(() => verifySignature(generateKeyPair().pubKey, Buffer.from('yes'), signature)).toThrow('invalid signature');
});

/** In JavaScript a signature and its check take some 17 ms of processor time, in WebAssembly less than one. */
it('signs and checks for Baileys by WebAssembly (S2, S24)', async () => {
  const { Curve } = await import('baileys');
  const keys = Curve.generateKeyPair();
  const before = process.cpuUsage();
  for (let login = 0; login < 300; login++) {
    const message = Buffer.from(`login ${login}`);
    expect(Curve.verify(keys.public, message, Curve.sign(keys.private, message))).toBe(true);
  }
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_500);
});

it('tells the truth to Baileys', async () => {
  const { Curve } = await import('baileys');
  const keys = Curve.generateKeyPair();
  const message = Buffer.from('certificate');
  const signature = Curve.sign(keys.private, message);
  expect(Curve.verify(keys.public, message, signature)).toBe(true);
  expect(Curve.verify(keys.public, message, randomBytes(64))).toBe(false);
});
