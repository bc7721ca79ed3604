/** How long this engine waits, in milliseconds. Specs wait less. */
export interface Timing {
  /** For the answer to a query of our own, and to one of Baileys'. */
  queryMs: number;
  /**
   * Baileys looks at the last sign of life once per interval, and gives up 5 s after one: with 15 s a dead link is found
   * within 30 s (protocol.md S11).
   */
  keepAliveMs: number;
  /** Until the server has said its first word: Baileys has a timer for the handshake alone (S10). */
  firstWordMs: number;
  /** From the accepted login until it is open: the first one uploads 812 keys and asks four things. */
  loginMs: number;
  /** For the own phone, asked for a file that the hosts have lost: it may be in a pocket, or off. */
  phoneMs: number;
}

export const TIMING: Timing = {
  queryMs: 20_000,
  keepAliveMs: 15_000,
  firstWordMs: 30_000,
  loginMs: 60_000,
  phoneMs: 60_000,
};
