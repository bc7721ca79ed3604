import { formatJid, PN_DOMAIN } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
import { message as messageCodec, type ProtocolMessage } from '../signal/message.proto.js';
import { pad } from '../signal/padding.js';
import { bundlesOf } from './devices.js';
import { encNode } from './envelope.js';
import { newMessageId } from './message.id.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

/** Tells one own companion something that no person sees (protocol.md B.7, `category=peer`). */
export function tellCompanion(person: Person, device: number, protocolMessage: ProtocolMessage): Promise<void> {
  const address = { user: person.profile.lid, device };
  return person.turn(async (step) => {
    if (!step.sessions.has(address)) {
      const bundle = (await bundlesOf(person.line, [address])).get(address);
      if (!bundle) throw new Refusal('conflict', `companion ${device} has no keys on the network`);
      await step.sessions.open(address, bundle);
    }
    const enc = encNode(await step.sessions.encrypt(address, pad(messageCodec.encode({ protocolMessage }))));
    person.commit(step, () => undefined);
    const to = formatJid(person.profile.number, PN_DOMAIN, device);
    const attrs = { id: newMessageId(), to, type: 'text', category: 'peer', push_priority: 'high' };
    await person.line.submit(node('message', attrs, [enc]));
  });
}
