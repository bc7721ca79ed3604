/**
 * The Signal half of a session: sessions, sender keys and the map between numbers and LIDs, over the account's journal.
 * `forBaileys` gives it the shape that `makeSignalRepository` must return; our own sending and receiving use the parts.
 */
import type { SignalCreds, SignalRepositoryWithLIDStore } from 'baileys';
import { isLidUser, isPnUser } from 'baileys';
import type { PreKeyBundleInput } from 'whatsapp-rust-bridge';
import type { SessionJournal } from '../../../sessions/journal.js';
import { signalId } from './address.js';
import { GroupKeys } from './group.keys.js';
import { Homes } from './homes.js';
import { KeyedQueue } from './keyed.queue.js';
import { LidMapping, type LidPair } from './lid.mapping.js';
import { Sessions } from './sessions.js';

export interface SignalRepository {
  sessions: Sessions;
  groups: GroupKeys;
  mapping: LidMapping;
}

export function openSignalRepository(
  journal: SessionJournal,
  creds: SignalCreds,
  onLearned: (pairs: LidPair[]) => void,
): SignalRepository {
  const [context, queue] = [{ journal, creds }, new KeyedQueue()];
  const mapping = new LidMapping(journal, onLearned);
  const homes = new Homes(mapping, queue);
  return { mapping, sessions: new Sessions(context, homes), groups: new GroupKeys(context, homes, queue) };
}

const nothing = (): void => undefined;

/**
 * Baileys decrypts and encrypts through this for the few stanzas that it still sends itself (peer requests); messages go
 * by our own inbound and outbound paths.
 */
export function forBaileys({ sessions, groups, mapping }: SignalRepository): SignalRepositoryWithLIDStore {
  return {
    lidMapping: mapping as unknown as SignalRepositoryWithLIDStore['lidMapping'],
    jidToSignalProtocolAddress: signalId,
    decryptMessage: ({ jid, type, ciphertext }) => sessions.decrypt(jid, type, ciphertext, nothing),
    encryptMessage: ({ jid, data }) => sessions.encrypt(jid, data),
    decryptGroupMessage: ({ group, authorJid, msg }) => groups.decrypt(group, authorJid, msg, nothing),
    async encryptGroupMessage({ group, meId, data }) {
      const { ciphertext, distribution } = await groups.encrypt(group, meId, data);
      return { ciphertext, senderKeyDistributionMessage: distribution };
    },
    getSenderKeyDistributionMessage: ({ group, meId }) => groups.distribution(group, meId),
    hasSenderKey: ({ group, meId }) => groups.has(group, meId),
    async processSenderKeyDistributionMessage({ item, authorJid }) {
      if (!item.groupId || !item.axolotlSenderKeyDistributionMessage) throw new Error('a sender key without its group');
      await groups.learn(item.groupId, authorJid, item.axolotlSenderKeyDistributionMessage);
    },
    injectE2ESession: ({ jid, session }) => sessions.start(jid, session as PreKeyBundleInput),
    getSessionInfo: (jid) => sessions.info(jid),
    async validateSession(jid) {
      const missing = await sessions.missing([jid]);
      return missing.length === 0 ? { exists: true } : { exists: false, reason: 'no open session' };
    },
    deleteSession: (jids) => sessions.delete(jids),
    async migrateSession(from, to) {
      if (!isPnUser(from) || !isLidUser(to)) return { migrated: 0, skipped: 0, total: 0 };
      const moved = await sessions.moveHome(from);
      return { migrated: moved ? 1 : 0, skipped: moved ? 0 : 1, total: 1 };
    },
    close: () => mapping.close(),
  };
}
