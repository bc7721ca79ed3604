/** Where a sandbox is and how to trust and steer it. A foreign one has no control of ours. */
export interface SandboxAddress {
  url: string;
  /** Hex. */
  rootKey: string;
  /** For everything of a foreign sandbox. */
  caFile?: string;
  /** Of our own sandbox's media host (`https://127.0.0.1:PORT`): trusted for media, and for nothing else. */
  media?: { url: string; caFile: string };
  control?: string;
  token?: string;
}

/** What a child tells the supervisor over its pipe. */
export type ToSupervisor =
  /** It serves. The sandbox says where. */
  | { type: 'ready'; sandbox?: SandboxAddress }
  /** The one-time link of the owner: for the terminal alone, never for a log. */
  | { type: 'setup-link'; url: string }
  /** Something that a person must mend; while the product starts, it stops the start with this sentence. */
  | { type: 'cannot-start'; message: string }
  /** Turn the test clock for everybody; answered by `clock.turned`. */
  | { type: 'clock.turn'; id: number; advanceMs: number }
  | { type: 'clock.applied'; id: number };

/** What the supervisor tells a child. */
export type ToChild =
  { type: 'clock'; id: number; offsetMs: number } | { type: 'clock.turned'; id: number; offsetMs: number };

/** What the supervisor tells whoever started it with a pipe: the spec helper. */
export type ToStarter = { type: 'started'; url: string; port: number } | { type: 'setup-link'; url: string };
