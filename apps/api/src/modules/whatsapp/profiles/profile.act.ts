import type { GroupJid } from '../jid.js';

/** One thing of looks that the owner of an account is asked to set; each is safe to do twice. */
export type ProfileAct =
  | { type: 'name'; name: string }
  | { type: 'about'; about: string }
  /** A square JPEG in the store; null takes the picture away. `group`: not its own, but that of a group it is in. */
  | { type: 'picture'; group?: GroupJid; file: { sha256: string; size: number; mime: string } | null };

export const ADMINS_ONLY =
  'Only admins of this group may change its picture. Do it by an account that is one, or let an admin make this one an admin.';
