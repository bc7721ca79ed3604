/**
 * Encrypts and decrypts for one device, by the Signal implementation of whatsapp-rust-bridge, over the keys of one step.
 * Its objects live outside the collector's reach and are freed at once (protocol.md S24).
 */
import {
  GroupCipher,
  GroupSessionBuilder,
  ProtocolAddress,
  SenderKeyDistributionMessage,
  SenderKeyName,
  SessionBuilder,
  SessionCipher,
  type SignalStorage,
} from 'whatsapp-rust-bridge';
import { withType } from '../protocol/curve.js';
import { openedBefore, rememberOpening } from './group.openings.js';
import type { KeyStep } from './key.step.js';
import { loadPair, type Keyring } from './keyring.js';
import { keepSessions } from './session.record.js';
import { unreadable } from './unreadable.js';

/** Whom a session is with: one device of one user, by LID, so that both addressings share it. */
export interface SessionAddress {
  user: string;
  device: number;
}

export interface Bundle {
  registrationId: number;
  identity: Uint8Array;
  signedPreKey: { id: number; key: Uint8Array; signature: Uint8Array };
  preKey?: { id: number; key: Uint8Array };
}

export interface Ciphertext {
  type: 'pkmsg' | 'msg';
  bytes: Uint8Array;
}

const PREKEY_MESSAGE = 3;

export class SignalSessions {
  private readonly storage: SignalStorage;

  constructor(
    keyring: Keyring,
    private readonly step: KeyStep,
  ) {
    this.storage = storageOf(keyring, step);
  }

  has(to: SessionAddress): boolean {
    return this.step.get(`session:${to.user}.${to.device}`) !== undefined;
  }

  /** Starts a new session from a bundle; rejects on a forged signed prekey. */
  async open(to: SessionAddress, bundle: Bundle): Promise<void> {
    const { identity, signedPreKey: signed, preKey } = bundle;
    await this.with(to, async (address) => {
      const builder = new SessionBuilder(this.storage, address);
      const input = {
        registrationId: bundle.registrationId,
        identityKey: withType(identity),
        signedPreKey: { keyId: signed.id, publicKey: withType(signed.key), signature: signed.signature },
        preKey: preKey && { keyId: preKey.id, publicKey: withType(preKey.key) },
      };
      await freed(builder, () => builder.processPreKeyBundle(input));
    });
  }

  async encrypt(to: SessionAddress, plaintext: Uint8Array): Promise<Ciphertext> {
    return this.with(to, async (address) => {
      const cipher = new SessionCipher(this.storage, address);
      const { type, body } = await freed(cipher, () => cipher.encrypt(plaintext));
      return { type: type === PREKEY_MESSAGE ? 'pkmsg' : 'msg', bytes: body };
    });
  }

  /** Rejects with `Unreadable`. */
  async decrypt(from: SessionAddress, { type, bytes }: Ciphertext): Promise<Uint8Array> {
    return this.with(from, async (address) => {
      const cipher = new SessionCipher(this.storage, address);
      const work = () =>
        type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(bytes) : cipher.decryptWhisperMessage(bytes);
      return unreadable(freed(cipher, work));
    });
  }

  /** The present sender key of this device for a group, to be sent to each device of each member; made when missing. */
  async senderKey(group: string, me: SessionAddress): Promise<Uint8Array> {
    return this.withName(group, me, async (name) => {
      const builder = new GroupSessionBuilder(this.storage);
      const distribution = await freed(builder, () => builder.create(name));
      return freed(distribution, async () => distribution.serialize());
    });
  }

  /** Once somebody has left, the next message needs a key they never had. */
  forgetSenderKey(group: string, me: SessionAddress): void {
    this.step.delete(senderKeyOf(`${group}::${me.user}::${me.device}`));
  }

  async learnSenderKey(group: string, from: SessionAddress, bytes: Uint8Array): Promise<void> {
    await this.withName(group, from, async (name) => {
      const builder = new GroupSessionBuilder(this.storage);
      const distribution = SenderKeyDistributionMessage.deserialize(bytes);
      await freed(distribution, () => freed(builder, () => builder.process(name, distribution)));
    });
  }

  async encryptForGroup(group: string, me: SessionAddress, plaintext: Uint8Array): Promise<Uint8Array> {
    return this.with(me, async (address) => {
      const cipher = new GroupCipher(this.storage, group, address);
      return freed(cipher, () => cipher.encrypt(plaintext));
    });
  }

  /** Rejects with `Unreadable`. Iterations may be skipped (protocol.md S5), never repeated. */
  async decryptFromGroup(group: string, from: SessionAddress, bytes: Uint8Array): Promise<Uint8Array> {
    const key = senderKeyOf(`${group}::${from.user}::${from.device}`);
    const before = this.step.get(key);
    const known = before && openedBefore(bytes, before);
    if (known) {
      this.step.put(key, known.after);
      return known.plaintext;
    }
    const plaintext = await this.with(from, async (address) => {
      const cipher = new GroupCipher(this.storage, group, address);
      return unreadable(freed(cipher, () => cipher.decrypt(bytes)));
    });
    const after = this.step.get(key);
    if (before && after) rememberOpening(bytes, { before, after, plaintext });
    return plaintext;
  }

  private async with<T>(to: SessionAddress, work: (address: ProtocolAddress) => Promise<T>): Promise<T> {
    const address = new ProtocolAddress(to.user, to.device);
    return freed(address, () => work(address));
  }

  private async withName<T>(group: string, of: SessionAddress, work: (name: SenderKeyName) => Promise<T>): Promise<T> {
    return this.with(of, async (address) => {
      const name = new SenderKeyName(group, address);
      return freed(name, () => work(name));
    });
  }
}

const senderKeyOf = (name: string) => `sender:${name}`;

function storageOf(keyring: Keyring, step: KeyStep): SignalStorage {
  return {
    loadSession: (address) => step.get(`session:${address}`),
    storeSession: (address, record) => {
      const key = `session:${address}`;
      step.put(key, keepSessions(step.get(key), record.serialize()));
    },
    getOurIdentity: () => keyring.identity,
    getOurRegistrationId: () => keyring.registrationId,
    // A phone accepts a new identity (and shows a notice): a companion that was linked anew has one.
    isTrustedIdentity: () => true,
    loadPreKey: (id) => loadPair(step, `prekey:${id}`),
    removePreKey: (id) => step.delete(`prekey:${id}`),
    loadSignedPreKey: (id) => (id === keyring.signedPreKey.keyId ? keyring.signedPreKey : undefined),
    loadSenderKey: (name) => step.get(senderKeyOf(name)),
    storeSenderKey: (name, record) => step.put(senderKeyOf(name), record),
  };
}

async function freed<T>(object: { free(): void }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    object.free();
  }
}
