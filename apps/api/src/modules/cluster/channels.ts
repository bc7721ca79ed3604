/**
 * What NOTIFY wakes. A wake-up carries an id at most, can be lost, and is never the only way: who listens also polls.
 * NOTIFY is sent after the commit and apart from it, since it takes a lock that all committing sessions share.
 */
export const CHANNELS = {
  /** An account has an open command; the payload is its id. */
  commands: 'trunkline_commands',
  /** A command was answered; the payload is its id. */
  answers: 'trunkline_answers',
  /** An account has something to send; the payload is its id. */
  outbox: 'trunkline_outbox',
  /** Somebody looks at people whom an account has to ask about; the payload is its id. */
  profiles: 'trunkline_profiles',
  /** The limits of an account were set; the payload is its id. */
  governor: 'trunkline_governor',
  /** An account was made on a network, named by the payload: its workers may have to be started. */
  networks: 'trunkline_networks',
  /** Events wait for their numbers. */
  unnumbered: 'trunkline_unnumbered',
  /** Events were numbered; the payload is the last position. */
  events: 'trunkline_events',
  /** Which key seals, or is to be known, has changed. */
  vault: 'trunkline_vault',
  /** Something that is true for some seconds, told and never kept (`EPHEMERAL` of the contracts), as JSON. */
  ephemeral: 'trunkline_ephemeral',
} as const;

export type Channel = keyof typeof CHANNELS;
