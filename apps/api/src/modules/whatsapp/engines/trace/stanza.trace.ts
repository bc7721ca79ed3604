import type { Stanza } from './redacted.js';

/** Hears the stanzas of a session while somebody records them; what it is given holds secrets and is not to be kept as it is. */
export interface StanzaTrace {
  /** Asked before a stanza is built for it. */
  readonly on: boolean;
  heard(direction: 'in' | 'out', stanza: Stanza): void;
}
