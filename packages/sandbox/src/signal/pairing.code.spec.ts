import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { agree, createKeys, withoutType } from '../protocol/curve.js';
import { openStore } from '../store/store.js';
import { KeyStep } from './key.step.js';
import { Keyring } from './keyring.js';
import { advSecretOf, unwrapEphemeral, wrapEphemeral } from './pairing.code.js';

const phone = Keyring.create(new KeyStep(openStore(), 'phone'));
const phoneIdentity = withoutType(phone.identity.pubKey);

/** A companion's last step, as protocol.md B.4b tells it. */
function companionFinish(ephemeral: Uint8Array, phoneEphemeral: Uint8Array, companion = createKeys()) {
  const agreed = agree(ephemeral, phoneEphemeral);
  const random = randomBytes(32);
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const key = hkdfSync('sha256', agreed, salt, 'link_code_pairing_key_bundle_encryption_key', 32);
  const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), nonce);
  const plain = Buffer.concat([companion.publicKey, phoneIdentity, random]);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const ikm = Buffer.concat([agreed, agree(companion.privateKey, phoneIdentity), random]);
  return {
    finish: { wrappedKeyBundle: Buffer.concat([salt, nonce, sealed]), companionIdentity: companion.publicKey },
    secret: new Uint8Array(hkdfSync('sha256', ikm, new Uint8Array(0), 'adv_secret', 32)),
  };
}

it('agrees on the secret with a companion whose code was typed right', async () => {
  const [own, companion] = [createKeys(), createKeys()];
  const wrapped = await wrapEphemeral('ABCD1234', companion.publicKey);
  expect(wrapped).toHaveLength(80);
  const ephemeral = await unwrapEphemeral('ABCD1234', wrapped);
  const { finish, secret } = companionFinish(companion.privateKey, own.publicKey);
  expect(advSecretOf(phone, own, ephemeral, finish)).toEqual(secret);
});

it('finds out that the code was wrong', async () => {
  const [own, companion] = [createKeys(), createKeys()];
  const ephemeral = await unwrapEphemeral('ABCD1235', await wrapEphemeral('ABCD1234', companion.publicKey));
  const { finish } = companionFinish(companion.privateKey, own.publicKey);
  expect(() => advSecretOf(phone, own, ephemeral, finish)).toThrow();
});
