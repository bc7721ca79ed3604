import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { deviceSigned, openBox, verifyAccount } from '../protocol/adv.js';
import { createKeys, sign } from '../protocol/curve.js';
import { signedDeviceIdentity, signedDeviceIdentityHmac } from '../protocol/proto.js';
import { openStore } from '../store/store.js';
import { isSignedCompanion, signCompanion } from './companion.identity.js';
import { KeyStep } from './key.step.js';
import { Keyring } from './keyring.js';

const phone = Keyring.create(new KeyStep(openStore(), 'phone'));
const companion = createKeys();
const advSecret = Buffer.alloc(32, 7);
const offer = { identity: companion.publicKey, advSecret, rawId: 9, keyIndex: 1, timestamp: 1_795_540_000 };

it('signs a companion so that the companion can check it', () => {
  const { box } = signCompanion(phone, offer);
  const { details, hmac } = signedDeviceIdentityHmac.decode(box);
  expect(hmac).toEqual(createHmac('sha256', advSecret).update(details!).digest());
  expect(verifyAccount(openBox(box), companion.publicKey)).toBe(true);
  expect(verifyAccount(openBox(box), createKeys().publicKey)).toBe(false);
});

it('knows a companion by both signatures, and refuses one that nobody signed', () => {
  const { box, details, accountSignatureKey } = signCompanion(phone, offer);
  const message = deviceSigned(details, companion.publicKey, accountSignatureKey);
  const full = { ...openBox(box), deviceSignature: sign(companion.privateKey, message) };
  expect(isSignedCompanion(signedDeviceIdentity.encode(full), companion.publicKey)).toBe(true);
  expect(isSignedCompanion(signedDeviceIdentity.encode(full), createKeys().publicKey)).toBe(false);
  expect(isSignedCompanion(signedDeviceIdentity.encode(openBox(box)), companion.publicKey)).toBe(false);
});
