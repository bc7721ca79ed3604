/** A `<group>` of the wire, as the port describes it (protocol.md B.8). */
import { getBinaryNodeChild, getBinaryNodeChildren, getBinaryNodeChildString, type BinaryNode } from 'baileys';
import { parseJid, type GroupJid, type PersonAddress } from '../../../jid.js';
import type { EngineGroup } from '../../engine.js';

const GROUP_DOMAIN = '@g.us';

/** Null when the node has no id. */
export function readGroup(node: BinaryNode): EngineGroup | null {
  const { id, subject, addressing_mode } = node.attrs;
  if (!id) return null;
  return {
    group: (id.endsWith(GROUP_DOMAIN) ? id : id + GROUP_DOMAIN) as GroupJid,
    subject: subject ?? '',
    description: getBinaryNodeChildString(getBinaryNodeChild(node, 'description'), 'body') ?? null,
    addressing: addressing_mode === 'lid' ? 'lid' : 'pn',
    announcement: getBinaryNodeChild(node, 'announcement') !== undefined,
    locked: getBinaryNodeChild(node, 'locked') !== undefined,
    participants: getBinaryNodeChildren(node, 'participant').flatMap(readParticipant),
  };
}

function readParticipant({ attrs }: BinaryNode): EngineGroup['participants'] {
  const person = personOf(attrs.jid, attrs.lid ?? attrs.phone_number);
  const role = attrs.type === 'admin' || attrs.type === 'superadmin' ? attrs.type : 'member';
  return person ? [{ person, role }] : [];
}

/** One of the two is the number and the other the LID, whichever comes first. */
function personOf(jid: string | undefined, other: string | undefined): PersonAddress | null {
  const person: PersonAddress = { phone: null, lid: null };
  for (const name of [jid, other]) {
    const address = name ? parseJid(name) : null;
    if (address?.kind === 'phone') person.phone ??= address.phone;
    if (address?.kind === 'lid') person.lid ??= address.lid;
  }
  return person.phone || person.lid ? person : null;
}
