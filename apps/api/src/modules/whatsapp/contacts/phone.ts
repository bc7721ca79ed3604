import type { Network } from '@trunkline/contracts';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isSandboxNumber, phoneDigits, type PhoneDigits } from '../jid.js';

/** ITU-T E.164: at most 15 digits with the country code. */
const SANDBOX_NUMBER = /^\d{7,15}$/;

/**
 * A number that a person or program typed, in international form. Undefined when it cannot be one of this network:
 * sandbox numbers come from a range that is never assigned, and no real network has them.
 */
export function parsePhone(network: Network, text: string): PhoneDigits | undefined {
  const digits = phoneDigits(text);
  if (network === 'sandbox') return isSandboxNumber(digits) && SANDBOX_NUMBER.test(digits) ? digits : undefined;
  if (isSandboxNumber(digits)) return undefined;
  const trimmed = text.trim();
  const parsed = parsePhoneNumberFromString(trimmed.startsWith('+') ? trimmed : `+${digits}`);
  return parsed?.isValid() ? phoneDigits(parsed.number) : undefined;
}
