/** `usync`: which devices a user has, whether a number is here, which LID it has (protocol.md B.6). */
import { children, child, node, textOf, type Node } from '../../protocol/node.js';
import { isUserJid } from '../../protocol/jid.js';
import { domainOf, userJid, type User } from '../directory.js';
import { hidesNumber } from '../hidden.number.js';
import type { Services } from '../services.js';
import type { Answer, Query } from './query.js';

export function usync(query: Query): Answer {
  const { iq } = query;
  const asked = child(iq, 'usync');
  const protocols = children(child(asked, 'query'));
  const users = children(child(asked, 'list'), 'user').flatMap((each) => describe(each, protocols, query));
  const { sid, index, last, mode, context } = asked?.attrs ?? {};
  const content = [
    node(
      'result',
      {},
      protocols.map(({ tag }) => node(tag)),
    ),
    node('list', {}, users),
  ];
  return [node('usync', { sid, index, last, mode, context }, content)];
}

/** Who is not here is left out; who asks for `contact` is told so. */
function describe(asked: Node, protocols: Node[], { services, device }: Query): Node[] {
  const number = textOf(child(asked, 'contact'))?.replace(/\D/g, '');
  const user = services.directory.user(asked.attrs.jid ?? (number || undefined));
  if (!user) return unknown(asked, number, protocols);
  const jid = isUserJid(asked.attrs.jid) ? (asked.attrs.jid ?? '') : userJid(user, 's.whatsapp.net');
  const isHidden = device.user === user && hidesNumber(services, user);
  const pnJid = domainOf(jid) === 'lid' && !isHidden ? userJid(user, 's.whatsapp.net') : undefined;
  const content = protocols.flatMap(({ tag }) => protocolAnswers[tag]?.(user, services) ?? []);
  return [node('user', { jid, pn_jid: pnJid }, content)];
}

function unknown(asked: Node, number: string | undefined, protocols: Node[]): Node[] {
  if (!protocols.some(({ tag }) => tag === 'contact')) return [];
  const jid = asked.attrs.jid ?? (number ? `${number}@s.whatsapp.net` : undefined);
  return jid === undefined ? [] : [node('user', { jid }, [node('contact', { type: 'out' })])];
}

const protocolAnswers: Record<string, (user: User, services: Services) => Node> = {
  contact: () => node('contact', { type: 'in' }),
  lid: (user) => node('lid', { val: userJid(user, 'lid') }),
  devices: (user, services) => node('devices', {}, [node('device-list', {}, devices(user, services))]),
  status: ({ about }) => node('status', { t: String(about?.at ?? 0) }, Buffer.from(about?.text ?? '')),
  picture: (user, { pictures }) => node('picture', { id: pictures.id(user) }),
  disappearing_mode: () => node('disappearing_mode', { duration: '0', t: '0' }),
};

/** Without a key index clients drop a companion. */
function devices(user: User, { directory }: Services): Node[] {
  return directory.devicesOf(user).map(({ number, companion }) => {
    const keyIndex = companion && String(companion.keyIndex);
    return node('device', { id: String(number), 'key-index': keyIndex });
  });
}
