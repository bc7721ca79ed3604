import { personJid } from '../../../../jid.js';
import { AskedMessages } from '../../asked.js';
import type { Asked } from '../../sealed.js';
import { SendFailure } from '../send.failure.js';
import type { Outgoing } from './kind.js';

/**
 * What an answer is sealed for, with the name of its maker first by which the chat names people, number or LID: who reads it
 * makes the key from the names in the stanza.
 */
export async function askedFor(waId: string, outgoing: Outgoing, what: 'poll' | 'event'): Promise<Asked> {
  const { account, me, outbound } = outgoing;
  const asked = await new AskedMessages(account.journal).find(waId);
  if (!asked) throw new SendFailure('unsupported', `the ${what}’s secret is not known here: it came before this link`);
  const domain = me.slice(me.indexOf('@'));
  const makers = asked.makers.toSorted((a, b) => Number(b.endsWith(domain)) - Number(a.endsWith(domain)));
  const maker = outbound.target?.sender ? personJid(outbound.target.sender) : me;
  return { ...asked, makers: makers.length > 0 ? makers : [maker] };
}
