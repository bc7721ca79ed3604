/** A phone links a companion: by QR (protocol.md B.4) or by an eight-letter code (B.4b). */
import { randomInt } from 'node:crypto';
import type { CompanionHello } from '../network/device.js';
import { createKeys, withoutType } from '../protocol/curve.js';
import { signCompanion } from '../signal/companion.identity.js';
import { advSecretOf, unwrapEphemeral, wrapEphemeral } from '../signal/pairing.code.js';
import type { Person } from './person.js';
import type { PhoneState } from './profile.js';
import { parseQr } from './qr.js';
import { Refusal } from './refusal.js';

export interface LinkOptions {
  /** The companion is told the LID only. */
  lidOnly?: boolean | undefined;
  businessName?: string | undefined;
}

interface Offer {
  ref: string;
  identity: Uint8Array;
  advSecret: Uint8Array;
}

export const newRawId = (): number => randomInt(1, 2 ** 31);

/** Resolves with the number of the new device. */
export async function linkByQr(person: Person, state: PhoneState, text: string, options: LinkOptions): Promise<number> {
  return link(person, state, parseQr(text), options);
}

export async function linkByCode(
  person: Person,
  state: PhoneState,
  hello: CompanionHello,
  code: string,
  options: LinkOptions,
): Promise<number> {
  const own = createKeys();
  const ephemeral = await unwrapEphemeral(code, hello.wrappedCompanionEphemeral);
  const wrappedEphemeral = await wrapEphemeral(code, own.publicKey);
  const identity = withoutType(person.keyring.identity.pubKey);
  const finish = await accepted(person.world.network.primaryHello(hello.ref, { wrappedEphemeral, identity }));
  const advSecret = opened(() => advSecretOf(person.keyring, own, ephemeral, finish));
  return link(person, state, { ref: hello.ref, identity: finish.companionIdentity, advSecret }, options);
}

async function link(person: Person, state: PhoneState, offer: Offer, options: LinkOptions): Promise<number> {
  const { identity, advSecret, ref } = offer;
  const keyIndex = (state.lastKeyIndex += 1);
  const timestamp = Math.floor(person.world.now() / 1000);
  const signed = signCompanion(person.keyring, { identity, advSecret, rawId: state.rawId, keyIndex, timestamp });
  const { lidOnly, businessName } = options;
  const { device } = await accepted(
    person.world.network.completePairing({
      ref,
      phone: person.user,
      keyIndex,
      ...signed,
      ...(lidOnly !== undefined && { lidOnly }),
      ...(businessName !== undefined && { businessName }),
    }),
  );
  return device;
}

/** Nobody waits for this ref, or the companion refused: the one who scanned has to know, nothing is broken. */
async function accepted<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new Refusal('conflict', error instanceof Error ? error.message : String(error));
  }
}

function opened<T>(open: () => T): T {
  try {
    return open();
  } catch {
    throw new Refusal('conflict', 'the code is wrong');
  }
}
