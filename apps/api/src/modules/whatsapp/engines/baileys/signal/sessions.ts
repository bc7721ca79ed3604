/**
 * Signal sessions with devices, one to one. Every change of a ratchet is in the journal before its ciphertext or its
 * plaintext is handed on, in the same synchronous step.
 */
import { SessionBuilder, SessionCipher, type PreKeyBundleInput } from 'whatsapp-rust-bridge';
import { freed, withAddress } from './bridge.objects.js';
import type { DeviceHome, Homes } from './homes.js';
import { claimedIdentity } from './prekey.message.js';
import { hasOpenSession, sessionInfo, type SessionInfo } from './session.record.js';
import { SignalStep, type SignalContext } from './signal.step.js';

const PKMSG = 3;

export interface Encrypted {
  type: 'pkmsg' | 'msg';
  ciphertext: Uint8Array;
}

export class Sessions {
  constructor(
    private readonly context: SignalContext,
    private readonly homes: Homes,
  ) {}

  /** Rejects when there is no session. */
  encrypt(jid: string, plaintext: Uint8Array): Promise<Encrypted> {
    return this.homes.hold(jid, async (home) => {
      const step = new SignalStep(this.context, home);
      const { type, body } = await withCipher(step, home, (cipher) => cipher.encrypt(plaintext));
      step.apply();
      return { type: type === PKMSG ? 'pkmsg' : 'msg', ciphertext: body };
    });
  }

  /**
   * `keep` is called with the plaintext in the same step in which the ratchet moves: what it puts into the journal is
   * durable together with it. Rejects with a SignalError when the message does not decrypt; nothing is changed then.
   */
  decrypt(
    jid: string,
    type: Encrypted['type'],
    ciphertext: Uint8Array,
    keep: (plaintext: Uint8Array) => void,
  ): Promise<Uint8Array> {
    return this.homes.hold(jid, async (home) => {
      const changed = type === 'pkmsg' && (await this.identityChanged(home, claimedIdentity(ciphertext)));
      const step = new SignalStep(this.context, home, changed);
      const plaintext = await withCipher(step, home, (cipher) =>
        type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(ciphertext) : cipher.decryptWhisperMessage(ciphertext),
      );
      if (step.identity) step.write('identity-key', home.id, step.identity);
      step.apply();
      keep(plaintext);
      return plaintext;
    });
  }

  /** A new outgoing session from a bundle. Rejects when the signed prekey is not signed by the identity. */
  start(jid: string, bundle: PreKeyBundleInput): Promise<void> {
    return this.homes.hold(jid, async (home) => {
      const step = new SignalStep(this.context, home, await this.identityChanged(home, bundle.identityKey));
      await withAddress(home, (address) =>
        freed(new SessionBuilder(step, address), (builder) => builder.processPreKeyBundle(bundle)),
      );
      if (step.identity) step.write('identity-key', home.id, step.identity);
      step.apply();
    });
  }

  /** The devices out of `jids` that have no session that can encrypt. */
  async missing(jids: readonly string[]): Promise<string[]> {
    const homes = await Promise.all(jids.map((jid) => this.homes.of(jid)));
    const names = homes.flatMap(({ id, alias }) => (alias ? [id, alias] : [id]));
    const records = await this.context.journal.get('session', names);
    return jids.filter((_, i) => {
      const { id, alias } = homes[i] as DeviceHome;
      const record = records.get(id) ?? (alias ? records.get(alias) : undefined);
      return !record || !hasOpenSession(record);
    });
  }

  async info(jid: string): Promise<SessionInfo | null> {
    const record = await this.record(await this.homes.of(jid));
    return record ? sessionInfo(record) : null;
  }

  async delete(jids: readonly string[]): Promise<void> {
    for (const jid of jids) {
      await this.homes.hold(jid, async ({ id, alias }) => {
        for (const name of alias ? [id, alias] : [id]) this.context.journal.put('session', name, null);
      });
    }
  }

  /** Moves what still lies under the number to the LID. True when there was something to move. */
  moveHome(jid: string): Promise<boolean> {
    return this.homes.hold(jid, async ({ id, alias }) => {
      if (!alias) return false;
      const found = await this.context.journal.get('session', [id, alias]);
      const old = found.get(alias);
      if (!old) return false;
      if (!found.has(id)) this.context.journal.put('session', id, old);
      this.context.journal.put('session', alias, null);
      return true;
    });
  }

  private async record({ id, alias }: DeviceHome): Promise<Uint8Array | undefined> {
    const found = await this.context.journal.get('session', alias ? [id, alias] : [id]);
    return found.get(id) ?? (alias ? found.get(alias) : undefined);
  }

  /** A device that comes back with another identity is a new device: its old session is of no use to anyone. */
  private async identityChanged({ id, alias }: DeviceHome, claimed: Uint8Array | null): Promise<boolean> {
    if (!claimed) return false;
    const found = await this.context.journal.get('identity-key', alias ? [id, alias] : [id]);
    const known = found.get(id) ?? (alias ? found.get(alias) : undefined);
    return known !== undefined && !Buffer.from(known).equals(claimed);
  }
}

/** A cipher remembers the session it has loaded, so each operation has its own. */
const withCipher = <T>(step: SignalStep, home: DeviceHome, work: (cipher: SessionCipher) => Promise<T>): Promise<T> =>
  withAddress(home, (address) => freed(new SessionCipher(step, address), work));
