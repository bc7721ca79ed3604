/** Receipts, out and in (protocol.md B.6.6). */
import { isGroupJid, parseJid } from '../protocol/jid.js';
import { child, children, node, type Node } from '../protocol/node.js';
import { bare, type Arrival } from './arrival.js';
import type { SeenNote } from './notebook.js';
import type { Person } from './person.js';

/** No type says delivered; `sender` goes to the own companion that sent it, `peer_msg` confirms a message of devices. */
export function deliveryReceipt(arrival: Arrival, type?: 'sender' | 'peer_msg'): Node {
  const { id, group, authorJid, stanza } = arrival;
  if (type === 'sender')
    return node('receipt', { id, to: authorJid, recipient: stanza.attrs.recipient ?? group, type });
  return node('receipt', { id, to: group ?? bare(authorJid), participant: group && bare(authorJid), type });
}

/** One receipt for each chat and author. */
export function readReceipts(notes: SeenNote[], now: number): Node[] {
  const groups = new Map<string, { first: SeenNote; rest: SeenNote[] }>();
  for (const note of notes) {
    const key = `${note.chatJid} ${note.authorJid}`;
    const group = groups.get(key);
    if (group) group.rest.push(note);
    else groups.set(key, { first: note, rest: [] });
  }
  return [...groups.values()].map(({ first, rest }) => readReceipt(first, rest, now));
}

function readReceipt({ id, chatJid, authorJid }: SeenNote, rest: SeenNote[], now: number): Node {
  const participant = isGroupJid(chatJid) ? authorJid : undefined;
  const items = rest.map((note) => node('item', { id: note.id }));
  const attrs = { id, to: chatJid, participant, type: 'read', t: String(Math.floor(now / 1000)) };
  return node('receipt', attrs, items.length > 0 ? [node('list', {}, items)] : undefined);
}

export function noteReceipt(person: Person, stanza: Node): void {
  const { id = '', from, participant, type = 'delivered' } = stanza.attrs;
  const jid = parseJid(participant ?? from);
  if (!jid) return;
  const { network, store, changes, now } = person.world;
  const user = network.findUser(jid.user)?.pn ?? jid.user;
  const ids = [id, ...children(child(stanza, 'list'), 'item').map((item) => item.attrs.id ?? '')];
  const receipt = { from: user, device: jid.device, type, at: now() };
  store.transaction(() => ids.forEach((each) => person.notebook.receipt(each, receipt)));
  changes.announce();
}
