/** What a client asks once after login and about itself: properties, privacy, blocklist, statistics (protocol.md B.5). */
import { MOST_BYTES } from '../../media/media.server.js';
import { child, children, node } from '../../protocol/node.js';
import { notifyBlocked } from '../blocklists.js';
import { unlinkDevice } from '../unlinking.js';
import { formatJid, LID_DOMAIN, parseJid } from '../../protocol/jid.js';
import { Records } from '../../store/records.js';
import type { Services } from '../services.js';
import { QueryError, type Answer, type Query } from './query.js';

/** 10518: attach the trusted-contact token in 1:1 chats. */
const PROPERTIES: Record<string, string> = { '10518': 'true', '9666': 'false', '14303': 'false' };
const PROPERTIES_HASH = 'sandbox1';

export function properties(): Answer {
  const props = Object.entries(PROPERTIES).map(([config_code, config_value]) =>
    node('prop', { config_code, config_value }),
  );
  return [node('props', { protocol: '1', hash: PROPERTIES_HASH, refresh: '86400' }, props)];
}

const PRIVACY_DEFAULTS: Record<string, string> = {
  readreceipts: 'all',
  last: 'all',
  online: 'all',
  profile: 'all',
  status: 'all',
  groupadd: 'all',
  calladd: 'all',
  messages: 'all',
};

export function privacy(query: Query): Answer {
  const { iq, services } = query;
  if (child(iq, 'tokens')) return [node('tokens')];
  const records = settings<Record<string, string>>(services, 'privacy');
  const lid = query.device.user.lid;
  const now = { ...PRIVACY_DEFAULTS, ...records.get(lid) };
  for (const { attrs } of children(child(iq, 'privacy'), 'category')) {
    const { name, value } = attrs;
    if (!name || !value || !(name in PRIVACY_DEFAULTS)) throw new QueryError(400, 'bad-request');
    now[name] = value;
  }
  if (iq.attrs.type === 'set') records.put(lid, now);
  const categories = Object.entries(now).map(([name, value]) => node('category', { name, value }));
  return [node('privacy', {}, categories)];
}

export function blocklist({ iq, services, device }: Query): Answer {
  const { blocklists, directory } = services;
  for (const { attrs } of iq.attrs.type === 'set' ? children(iq, 'item') : []) {
    const peer = directory.user(attrs.jid);
    if (!peer || peer === device.user) throw new QueryError(400, 'bad-request');
    const blocked = attrs.action === 'block';
    if (blocklists.set(device.user, peer, blocked)) notifyBlocked(services, device, peer, blocked);
  }
  const items = blocklists.of(device.user).map((lid) => node('item', { jid: formatJid(lid, LID_DOMAIN) }));
  return [node('list', {}, items)];
}

export function disappearing(): Answer {
  return [node('disappearing_mode', { duration: '0', t: '0' })];
}

/** `md`: a companion unlinks itself, or a phone one of its companions. */
export function devices({ iq, device, services }: Query): Answer {
  const removal = child(iq, 'remove-companion-device');
  if (!removal) return undefined;
  const number = parseJid(removal.attrs.jid)?.device ?? 0;
  const companion = services.directory.deviceOf(device.user, number);
  if (!companion?.companion) throw new QueryError(404, 'item-not-found');
  setImmediate(() => unlinkDevice(services, companion));
  return undefined;
}

export function mediaConnection({ services: { media }, device }: Query): Answer {
  const { auth, ttl } = media.admit(device.user.pn);
  const hostname = new URL(media.origin).host;
  const hosts = [node('host', { hostname, type: 'primary', maxContentLengthBytes: String(MOST_BYTES) })];
  const attrs = { auth, ttl: String(ttl), auth_ttl: String(ttl), max_buckets: '12' };
  return [node('media_conn', attrs, hosts)];
}

function settings<T>(services: Services, name: string): Records<T> {
  return new Records<T>(services.store, `network.${name}`);
}
