import type { Addressing, Ban, ReplyRule } from '../control/contract.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { AppStateKey } from '../signal/app.state.js';

/** What a phone has that a person has not: companions, and what it shares with them. */
export interface PhoneState {
  /** Names this phone in device identities. */
  rawId: number;
  /** Each companion is signed with the next index. */
  lastKeyIndex: number;
  appStateKey: AppStateKey;
  ban: Ban | null;
  companions: CompanionState[];
  /** How many messages a companion gets when it is linked; undefined: the usual number. */
  firstSync?: number | undefined;
}

export interface CompanionState {
  device: number;
  linkedAt: number;
  /** False until it was sent keys, history and push name; picked up again after a crash. */
  synced: boolean;
}

/** Who somebody is, by LID, since the number may change. */
export interface Profile {
  lid: string;
  number: string;
  /** Milliseconds since 1970; lists are in this order. */
  createdAt: number;
  name: string;
  addressing: Addressing;
  rule: ReplyRule;
  online: boolean;
  phone: PhoneState | null;
}

export class Profiles {
  private readonly records: Records<Profile>;

  constructor(store: Store) {
    this.records = new Records(store, 'people.profiles');
  }

  save(profile: Profile): void {
    this.records.put(profile.lid, profile);
  }

  all(): Profile[] {
    return this.records.entries().map(([, profile]) => profile);
  }
}
