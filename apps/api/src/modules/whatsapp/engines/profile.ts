/**
 * How people and groups look, over the engine port: name, picture and what somebody says about themselves. Of the account
 * itself all of it can be set, and its phone shows the same. Of others it is asked, and WhatsApp limits how often.
 */
import type { GroupJid, PersonAddress } from '../jid.js';

/** `own`: the account itself. */
export type Portrayed = 'own' | PersonAddress | GroupJid;

export const PROFILE_FAILURES = [
  'not_connected',
  /** No answer: it may have been done. */
  'timed_out',
  /** It was asked too often: not again for a while. */
  'limited',
  'refused',
  /** Only admins of the group may do it. */
  'forbidden',
  /** The phone has not shared the keys of its settings with this device yet. */
  'no_keys',
  /** WhatsApp does not take this picture. */
  'unfit',
  /** The media hosts did not hand the picture over. */
  'unreachable',
] as const;
export type ProfileFailureCode = (typeof PROFILE_FAILURES)[number];
export type ProfileResult<T extends object = object> = ({ ok: true } & T) | { ok: false; code: ProfileFailureCode };

/** A picture has another id than any before it. `jpeg`: square. */
export interface PortraitPicture {
  id: string;
  jpeg: Uint8Array;
}

/** Each resolves when WhatsApp has it; safe to repeat. Rejects never. */
export interface ProfileCapability {
  /** `identity` tells of it. */
  setName(name: string): Promise<ProfileResult>;
  setAbout(about: string): Promise<ProfileResult>;
  /** Null takes it away. Answers the id that it has now. */
  setPicture(of: 'own' | GroupJid, jpeg: Uint8Array | null): Promise<ProfileResult<{ id: string | null }>>;
  /** Empty where nothing is said, or it is not for this account to see. */
  about(of: 'own' | PersonAddress): Promise<ProfileResult<{ about: string }>>;
  /**
   * Null: there is none, or it is not for this account to see. `same`: it is the one that is `known` by its id.
   * Of the account itself the large one, of others the small one that lists show.
   */
  picture(
    of: Portrayed,
    known: string | null,
    signal: AbortSignal,
  ): Promise<ProfileResult<{ picture: PortraitPicture | 'same' | null }>>;
}
