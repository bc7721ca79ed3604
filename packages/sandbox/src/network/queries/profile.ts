/** `w:profile:picture` and `status`: pictures of users and groups, and what users say about themselves. */
import { parseJid, isGroupJid } from '../../protocol/jid.js';
import { bytesOf, child, children, node, textOf } from '../../protocol/node.js';
import { setAbout } from '../abouts.js';
import { notifyPicture, PICTURE_SIZES, type Pictured, type PictureSize } from '../pictures.js';
import { QueryError, type Answer, type Query } from './query.js';

/** As WhatsApp's own clients let one write; what a server does with more is not known. */
const MOST_ABOUT = 139;
const MOST_PICTURE_BYTES = 1_000_000;

export function picture(query: Query): Answer {
  return query.iq.attrs.type === 'set' ? setPicture(query) : readPicture(query);
}

export function about(query: Query): Answer {
  const { iq, device, services } = query;
  const text = child(iq, 'status');
  if (iq.attrs.type !== 'set' || !text) return undefined;
  const said = textOf(text) ?? '';
  if ([...said].length > MOST_ABOUT) throw new QueryError(406, 'not-acceptable');
  setAbout(services, device, said);
  return undefined;
}

/** 404 where there is none. Whoever knows the same one already is told so without an address. */
function readPicture({ iq, services, device }: Query): Answer {
  const asked = child(iq, 'picture');
  const type = (asked?.attrs.type ?? 'preview') as PictureSize;
  if (!PICTURE_SIZES.includes(type)) throw new QueryError(400, 'bad-request');
  const whose = find(services, iq.attrs.target) ?? device.user;
  if ('participants' in whose && !whose.participants.has(device.user.lid)) throw new QueryError(401, 'not-authorized');
  const found = services.pictures.find(whose, type);
  if (!found) throw new QueryError(404, 'item-not-found');
  if (asked?.attrs.id === found.id) return undefined;
  return [node('picture', { type, id: found.id, url: found.url, direct_path: found.directPath })];
}

/** Without a picture it is taken away. */
function setPicture({ iq, services, device }: Query): Answer {
  const whose = find(services, iq.attrs.target) ?? device.user;
  mayChange(whose, device.user.lid);
  const given = children(iq, 'picture');
  const of = (size: string) => bytesOf(given.find(({ attrs }) => (attrs.type ?? 'image') === size));
  const image = of('image');
  if (!image) {
    if (services.pictures.remove(whose)) notifyPicture(services, device, whose, undefined);
    return undefined;
  }
  if (!isJpeg(image) || image.length > MOST_PICTURE_BYTES) throw new QueryError(406, 'not-acceptable');
  const id = services.pictures.set(whose, { image, preview: of('preview') ?? image });
  notifyPicture(services, device, whose, id);
  return [node('picture', { type: 'image', id })];
}

function find({ groups, directory }: Query['services'], target: string | undefined): Pictured | undefined {
  if (target === undefined) return undefined;
  const found = isGroupJid(target) ? groups.get(target) : parseJid(target) && directory.user(target);
  if (!found) throw new QueryError(404, 'item-not-found');
  return found;
}

function mayChange(whose: Pictured, lid: string): void {
  if (!('participants' in whose)) {
    if (whose.lid !== lid) throw new QueryError(403, 'forbidden');
    return;
  }
  const role = whose.participants.get(lid);
  if (!role || (whose.locked && role === 'member')) throw new QueryError(403, 'forbidden');
}

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
