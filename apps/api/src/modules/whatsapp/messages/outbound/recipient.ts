import type { Network } from '@trunkline/contracts';
import { ProblemError } from '../../../../errors/problem.js';
import { parsePhone } from '../../contacts/phone.js';
import {
  type GroupJid,
  isSandboxNumber,
  parseJid,
  type PersonAddress,
  phoneDigits,
  SANDBOX_PREFIX,
} from '../../jid.js';

const wrong = (message: string) => new ProblemError('recipient_invalid', message, [{ field: 'to', message }]);

/** Reads `to` of a request: a phone number with country code, a LID or a group id, of the account's network. */
export function parseRecipient(to: string, network: Network): PersonAddress | GroupJid {
  const address = parseJid(to);
  if (address.kind === 'group') return address.group;
  if (address.kind === 'lid') return { phone: null, lid: address.lid };
  if (address.kind === 'phone') return person(`+${address.phone}`, network);
  if (to.includes('@'))
    throw wrong('This address is none of a person or a group: give a phone number, …@lid or …@g.us.');
  return person(to, network);
}

function person(number: string, network: Network): PersonAddress {
  const phone = parsePhone(network, number);
  if (phone) return { phone, lid: null };
  if (network === 'sandbox') throw wrong(`The account is on the sandbox, whose numbers begin with +${SANDBOX_PREFIX}.`);
  if (isSandboxNumber(phoneDigits(number))) {
    throw wrong('This number exists on the sandbox only; the account is on WhatsApp.');
  }
  throw wrong('Give the number with its country code, such as +628123456789.');
}
