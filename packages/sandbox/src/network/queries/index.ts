import type { Node } from '../../protocol/node.js';
import { isGroupJid, SERVER_JID } from '../../protocol/jid.js';
import { node } from '../../protocol/node.js';
import { blocklist, devices, disappearing, mediaConnection, privacy, properties } from './account.js';
import { appStateSync } from './app.state.sync.js';
import { groups } from './groups.js';
import { about, picture } from './profile.js';
import { standing } from './standing.js';
import { prekeys } from './prekeys.js';
import { QueryError, type Query, type QueryHandler } from './query.js';
import { usync } from './usync.js';

const nothing: QueryHandler = () => undefined;

/** One handler for each namespace. What is not here is answered with an empty result, and counted. */
const handlers: Record<string, QueryHandler> = {
  'w:p': nothing,
  'urn:xmpp:ping': nothing,
  'urn:xmpp:whatsapp:dirty': nothing,
  'w:stats': nothing,
  passive: nothing,
  encrypt: prekeys,
  usync,
  abt: properties,
  privacy,
  status: about,
  'w:profile:picture': picture,
  blocklist,
  disappearing_mode: disappearing,
  md: devices,
  'w:m': mediaConnection,
  'w:sync:app:state': appStateSync,
  'w:g2': groups,
  'w:mex': standing,
};

/** The whole answer to a query of a linked device. */
export function answerQuery(query: Query): Node {
  const { iq, services } = query;
  const { id, to, xmlns = 'none' } = iq.attrs;
  const from = isGroupJid(to) ? to : SERVER_JID;
  services.counts.add(`queries:${xmlns}`);
  const handler = handlers[xmlns];
  if (!handler) services.counts.add(`unknown:${xmlns}`);
  try {
    return node('iq', { from, type: 'result', id }, (handler ?? nothing)(query));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return errorAnswer(iq, error.code, error.text);
  }
}

export function errorAnswer(iq: Node, code: number, text: string): Node {
  const from = isGroupJid(iq.attrs.to) ? iq.attrs.to : SERVER_JID;
  return node('iq', { from, type: 'error', id: iq.attrs.id }, [node('error', { code: String(code), text })]);
}
