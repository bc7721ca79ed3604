import { expect, it } from 'vitest';
import { createKeys, withoutType } from '../protocol/curve.js';
import { openStore } from '../store/store.js';
import { finishPairing, unwrap, wrap } from '../testing/companion.code.js';
import { KeyStep } from './key.step.js';
import { Keyring } from './keyring.js';
import { advSecretOf, unwrapEphemeral, wrapEphemeral } from './pairing.code.js';

const phone = Keyring.create(new KeyStep(openStore(), 'phone'));
const phoneIdentity = withoutType(phone.identity.pubKey);

async function exchange(typed: string) {
  const [own, ephemeral, identity] = [createKeys(), createKeys(), createKeys()];
  const companionEphemeral = await unwrapEphemeral(typed, wrap('ABCD1234', ephemeral.publicKey));
  const phoneEphemeral = unwrap('ABCD1234', await wrapEphemeral(typed, own.publicKey));
  const { finish, advSecret } = finishPairing({ ephemeral, identity, phoneEphemeral, phoneIdentity });
  return { advSecret, agree: () => advSecretOf(phone, own, companionEphemeral, finish) };
}

it('agrees on the secret with a companion whose code was typed right', async () => {
  const { advSecret, agree } = await exchange('ABCD1234');
  expect(agree()).toEqual(advSecret);
});

it('finds out that the code was wrong', async () => {
  const { agree } = await exchange('ABCD1235');
  expect(agree).toThrow();
});
