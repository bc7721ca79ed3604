/** What this process serves, and with what; made once at its start (`readApiSettings`) or by a spec. */
export interface ApiSettings {
  version: string;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** The address that browsers use, when it is not the one that they reach us by. */
  publicUrl?: string;
  trustProxy: boolean | number | string;
  databaseUrl: string;
  /** Where the pages are; undefined serves the API alone. */
  pagesUrl?: string;
  /** Pages by a development server: evaluated code and a socket for its reload are let through. */
  development: boolean;
  /** Where the vault's key lies; undefined where the environment holds it. */
  keyFile?: string;
  sandbox: boolean;
  /** Where the sandbox's network is, ours or a foreign one: `ws://host:port/path`. */
  sandboxUrl?: string;
  /** The control of a sandbox of ours; a foreign sandbox has none. */
  sandboxControl?: { url: string; token: string };
  /** What every network is told we are, whatever it says is current. */
  waVersion?: string;
  /** No file is longer. */
  mediaMaxBytes: number;
  testClock: boolean;
  logLevel: string;
  /** Make the owner, and a first key, without the link from the terminal. */
  firstOwner?: { email: string; password: string };
  firstKey?: string;
  /** Of the set-up link that is on the terminal already. */
  setupToken?: string;
}

export const API_SETTINGS = Symbol('ApiSettings');
