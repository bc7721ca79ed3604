/**
 * Sender keys of groups: our own, one per group and per way the group addresses us, and those that members gave us.
 * The own key moves one step per message (S5); a distribution message is made at the step that the next message uses.
 */
import { GroupCipher, GroupSessionBuilder, SenderKeyDistributionMessage, SenderKeyName } from 'whatsapp-rust-bridge';
import { signalAddress, type SignalAddress } from './address.js';
import { freed, withAddress } from './bridge.objects.js';
import type { DeviceHome, Homes } from './homes.js';
import type { KeyedQueue } from './keyed.queue.js';
import { SignalStep, type RecordHome, type SignalContext } from './signal.step.js';

interface SenderKeyHome extends RecordHome {
  address: SignalAddress;
}

export class GroupKeys {
  constructor(
    private readonly context: SignalContext,
    private readonly homes: Homes,
    private readonly queue: KeyedQueue,
  ) {}

  /** Encrypts with our key, made if there is none yet; `distribution` lets others read this message and what follows. */
  encrypt(group: string, me: string, plaintext: Uint8Array) {
    const home = ownHome(group, me);
    return this.queue.run(home.id, async () => {
      const step = new SignalStep(this.context, home);
      const distribution = await distributionOf(step, group, home);
      const ciphertext = await withCipher(step, group, home, (cipher) => cipher.encrypt(plaintext));
      step.apply();
      return { ciphertext, distribution };
    });
  }

  distribution(group: string, me: string): Promise<Uint8Array> {
    const home = ownHome(group, me);
    return this.queue.run(home.id, async () => {
      const step = new SignalStep(this.context, home);
      const message = await distributionOf(step, group, home);
      step.apply();
      return message;
    });
  }

  /** As `Sessions.decrypt`. Rejects with `no_sender_key` when the member has not given us the key. */
  decrypt(group: string, author: string, ciphertext: Uint8Array, keep: (plaintext: Uint8Array) => void) {
    return this.homes.hold(author, async (device) => {
      const home = memberHome(group, device);
      const step = new SignalStep(this.context, home);
      const plaintext = await withCipher(step, group, home, (cipher) => cipher.decrypt(ciphertext));
      step.apply();
      keep(plaintext);
      return plaintext;
    });
  }

  /** Takes the key that a member sent us. */
  learn(group: string, author: string, distribution: Uint8Array): Promise<void> {
    return this.homes.hold(author, async (device) => {
      const home = memberHome(group, device);
      const step = new SignalStep(this.context, home);
      await withName(group, home, (name) =>
        freed(new GroupSessionBuilder(step), (builder) =>
          freed(SenderKeyDistributionMessage.deserialize(distribution), (message) => builder.process(name, message)),
        ),
      );
      step.apply();
    });
  }

  async has(group: string, me: string): Promise<boolean> {
    const { id } = ownHome(group, me);
    return (await this.context.journal.get('sender-key', [id])).has(id);
  }

  /** The next message makes a new key: who has left the group cannot read it. */
  forget(group: string, me: string): Promise<void> {
    const { id } = ownHome(group, me);
    return this.queue.run(id, async () => this.context.journal.put('sender-key', id, null));
  }
}

const keyId = (group: string, { name, device }: SignalAddress): string => `${group}::${name}::${device}`;

function ownHome(group: string, me: string): SenderKeyHome {
  const address = signalAddress(me);
  return { address, id: keyId(group, address), alias: null };
}

function memberHome(group: string, { address, alias }: DeviceHome): SenderKeyHome {
  const old = alias && { name: alias.slice(0, alias.lastIndexOf('.')), device: address.device };
  return { address, id: keyId(group, address), alias: old && keyId(group, old) };
}

async function distributionOf(step: SignalStep, group: string, home: SenderKeyHome): Promise<Uint8Array> {
  return withName(group, home, (name) =>
    freed(new GroupSessionBuilder(step), async (builder) =>
      freed(await builder.create(name), async (message) => message.serialize()),
    ),
  );
}

const withName = <T>(group: string, home: SenderKeyHome, work: (name: SenderKeyName) => Promise<T>): Promise<T> =>
  withAddress(home, (address) => freed(new SenderKeyName(group, address), work));

const withCipher = <T>(
  step: SignalStep,
  group: string,
  home: SenderKeyHome,
  work: (cipher: GroupCipher) => Promise<T>,
): Promise<T> => withAddress(home, (address) => freed(new GroupCipher(step, group, address), work));
