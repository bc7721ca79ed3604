/** Where an account can be when something goes wrong. */
export const PHASES = {
  connecting: 'connecting to be linked, no QR yet',
  qr: 'QR shown',
  code: 'code shown',
  scanned: 'scanned: the phone has answered, the device has not yet proved itself',
  'first-sync': 'first login after linking',
  idle: 'online, idle',
  sending: 'online, sending a message',
  reconnecting: 'reconnecting after a drop',
  'logging-out': 'logging out',
  resetting: 'resetting while offline: it logs in once more to say goodbye',
} as const;
export type Phase = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as Phase[];

/** Nothing is linked yet: what these wait for is a person with a phone. */
export const UNLINKED: ReadonlySet<Phase> = new Set(['connecting', 'qr', 'code']);
/** What a person asked for that ends the session, whatever the network does. */
export const PARTING: ReadonlySet<Phase> = new Set(['logging-out', 'resetting']);
