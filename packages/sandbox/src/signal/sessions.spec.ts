import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../store/store.js';
import { KeyStep } from './key.step.js';
import { Keyring, makePreKeys } from './keyring.js';
import { SignalSessions, type Bundle, type Ciphertext, type SessionAddress } from './sessions.js';
import { type Unreadable } from './unreadable.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const bytes = (value: string) => Buffer.from(value);

class Device {
  readonly address: SessionAddress;
  readonly keyring: Keyring;

  constructor(
    private readonly store: Store,
    user: string,
  ) {
    this.address = { user, device: 0 };
    const step = this.step();
    this.keyring = Keyring.create(step);
    step.flush();
  }

  step = () => new KeyStep(this.store, `signal/${this.address.user}`);

  bundle(): Bundle {
    const step = this.step();
    const keys = this.keyring.publicKeys(makePreKeys(step, 1));
    step.flush();
    return { ...keys, preKey: keys.preKeys[0] };
  }

  async do<T>(work: (sessions: SignalSessions) => Promise<T>): Promise<T> {
    const step = this.step();
    const loaded = Keyring.load(step) ?? expect.fail('the keyring was not stored');
    const result = await work(new SignalSessions(loaded, step));
    step.flush();
    return result;
  }
}

let ada: Device;
let bob: Device;
beforeEach(() => {
  const store = openStore();
  ada = new Device(store, 'ada');
  bob = new Device(store, 'bob');
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it was read'),
    (error: unknown) => (error as Unreadable).reason,
  );

describe('sessions', () => {
  it('carries messages both ways, and each counter once', async () => {
    const bundle = bob.bundle();
    const first = await ada.do(async (s) => {
      await s.open(bob.address, bundle);
      return s.encrypt(bob.address, bytes('hello'));
    });
    expect(first.type).toBe('pkmsg');
    expect(text(await bob.do((s) => s.decrypt(ada.address, first)))).toBe('hello');
    expect(await refusal(bob.do((s) => s.decrypt(ada.address, first)))).toBe('reused');

    const answer = await bob.do((s) => s.encrypt(ada.address, bytes('hi')));
    expect(answer.type).toBe('msg');
    expect(text(await ada.do((s) => s.decrypt(bob.address, answer)))).toBe('hi');
  });

  it('refuses another message under a used counter, as after a ratchet that was set back', async () => {
    const bundle = bob.bundle();
    await ada.do((s) => s.open(bob.address, bundle));
    const lost = ada.step();
    const first = await new SignalSessions(ada.keyring, lost).encrypt(bob.address, bytes('one'));
    await bob.do((s) => s.decrypt(ada.address, first));
    const again = await ada.do((s) => s.encrypt(bob.address, bytes('two')));
    expect(await refusal(bob.do((s) => s.decrypt(ada.address, again)))).toBe('reused');
  });

  it('refuses a forged signed prekey, and a message without a session', async () => {
    const bundle = bob.bundle();
    const forged = { ...bundle, signedPreKey: { ...bundle.signedPreKey, signature: new Uint8Array(64) } };
    await expect(ada.do((s) => s.open(bob.address, forged))).rejects.toMatch(/signature/);
    const torn = { type: 'msg' as const, bytes: bytes('nothing') };
    expect(await refusal(bob.do((s) => s.decrypt(ada.address, torn)))).toBe('unknown');
  });
});

describe('two sessions at a time', () => {
  const say = (from: Device, to: Device, what: string) => from.do((s) => s.encrypt(to.address, bytes(what)));
  const hear = async (at: Device, from: Device, sent: Ciphertext) =>
    text(await at.do((s) => s.decrypt(from.address, sent)));
  const open = async (from: Device, to: Device) => {
    const bundle = to.bundle();
    await from.do((s) => s.open(to.address, bundle));
  };

  it('keeps a session that was just opened when a message still comes on the old one', async () => {
    await open(bob, ada);
    expect(await hear(ada, bob, await say(bob, ada, '1'))).toBe('1');
    expect(await hear(bob, ada, await say(ada, bob, '2'))).toBe('2');

    await open(ada, bob);
    const renewed = await say(ada, bob, 'on the new one');
    expect(await hear(ada, bob, await say(bob, ada, 'on the old one'))).toBe('on the old one');
    expect(await hear(bob, ada, renewed)).toBe('on the new one');
    for (const what of ['a', 'b', 'c']) {
      expect(await hear(ada, bob, await say(bob, ada, what))).toBe(what);
      expect(await hear(bob, ada, await say(ada, bob, what))).toBe(what);
    }
  });

  it('refuses a used counter of an archived session, too', async () => {
    await open(bob, ada);
    const first = await say(bob, ada, '1');
    await hear(ada, bob, first);
    await open(ada, bob);
    await hear(bob, ada, await say(ada, bob, '2'));
    await hear(ada, bob, await say(bob, ada, '3'));
    expect(await refusal(ada.do((s) => s.decrypt(bob.address, first)))).toBe('reused');
  });
});

describe('sender keys', () => {
  const group = '1203@g.us';

  it('reads what follows the distribution, skips gaps, and refuses a repeated iteration', async () => {
    const key = await ada.do((s) => s.senderKey(group, ada.address));
    const sent = await ada.do(async (s) => [
      await s.encryptForGroup(group, ada.address, bytes('one')),
      await s.encryptForGroup(group, ada.address, bytes('two')),
      await s.encryptForGroup(group, ada.address, bytes('three')),
    ]);
    const [one, two, three] = sent as [Uint8Array, Uint8Array, Uint8Array];
    expect(await refusal(bob.do((s) => s.decryptFromGroup(group, ada.address, one)))).toBe('unknown');

    await bob.do((s) => s.learnSenderKey(group, ada.address, key));
    expect(text(await bob.do((s) => s.decryptFromGroup(group, ada.address, one)))).toBe('one');
    expect(text(await bob.do((s) => s.decryptFromGroup(group, ada.address, three)))).toBe('three');
    expect(text(await bob.do((s) => s.decryptFromGroup(group, ada.address, two)))).toBe('two');
    expect(await refusal(bob.do((s) => s.decryptFromGroup(group, ada.address, three)))).toBe('reused');
  });

  it('opens one ciphertext for each member by what that member holds', async () => {
    const [cem, dan] = [new Device(openStore(), 'cem'), new Device(openStore(), 'dan')];
    const key = await ada.do((s) => s.senderKey(group, ada.address));
    for (const member of [bob, cem, dan]) await member.do((s) => s.learnSenderKey(group, ada.address, key));
    const encrypt = (what: string) => ada.do((s) => s.encryptForGroup(group, ada.address, bytes(what)));
    const read = (member: Device, what: Uint8Array) =>
      member.do((s) => s.decryptFromGroup(group, ada.address, what)).then(text);
    const [one, two, three] = [await encrypt('one'), await encrypt('two'), await encrypt('three')];

    expect(await read(bob, one)).toBe('one');
    expect(await read(cem, one)).toBe('one');
    expect(await refusal(cem.do((s) => s.decryptFromGroup(group, ada.address, one)))).toBe('reused');
    // Dan has missed the first, and gets it last.
    for (const member of [bob, cem, dan]) expect(await read(member, two)).toBe('two');
    for (const member of [dan, bob, cem]) expect(await read(member, three)).toBe('three');
    expect(await read(dan, one)).toBe('one');
    const stranger = new Device(openStore(), 'eve');
    expect(await refusal(stranger.do((s) => s.decryptFromGroup(group, ada.address, two)))).toBe('unknown');
  });

  it('makes another key once the old one is forgotten', async () => {
    const before = await ada.do((s) => s.senderKey(group, ada.address));
    await ada.do(async (s) => s.forgetSenderKey(group, ada.address));
    const after = await ada.do((s) => s.senderKey(group, ada.address));
    expect(after).not.toEqual(before);
  });
});
