/** What Nest hands out that is no class of ours: a `Clock`, a `Store`, the log, the LISTEN connection of this process. */
export const CLOCK = Symbol('Clock');
export const STORE = Symbol('Store');
export const LOG = Symbol('Log');
