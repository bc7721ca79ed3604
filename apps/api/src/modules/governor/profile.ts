import type { Network } from '@trunkline/contracts';

/** How fast an account may send: `burst` messages at once, then `perMinute`. */
export interface Profile {
  burst: number;
  perMinute: number;
}

/**
 * `new`: the first week after linking, when WhatsApp watches a number most. `settled`: afterwards. `sandbox`: the same
 * code with bounds that only accounts of the sandbox may have. The figures are our own caution, not WhatsApp's word: it
 * publishes none for linked devices.
 */
export const PROFILES = {
  new: { burst: 5, perMinute: 6 },
  settled: { burst: 20, perMinute: 30 },
  sandbox: { burst: 5_000, perMinute: 600_000 },
} as const satisfies Record<string, Profile>;

const NEW_FOR_MS = 7 * 24 * 3_600_000;

export function profileOf(account: { network: Network; linkedAt: Date | null }, now: Date): Profile {
  if (account.network === 'sandbox') return PROFILES.sandbox;
  const age = account.linkedAt ? now.getTime() - account.linkedAt.getTime() : 0;
  return age < NEW_FOR_MS ? PROFILES.new : PROFILES.settled;
}
