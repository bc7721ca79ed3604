/** One thing of its own looks that the owner of an account is asked to set; each is safe to do twice. */
export type ProfileAct =
  | { type: 'name'; name: string }
  | { type: 'about'; about: string }
  /** A square JPEG in the store; null takes the picture away. */
  | { type: 'picture'; file: { sha256: string; size: number; mime: string } | null };
