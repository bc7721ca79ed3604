/**
 * Pictures of users and groups: what each has now, under an id that no other picture has had. Their bytes lie in the media
 * hosts, unencrypted, at an address that is good for a while; who asks later is given another one.
 */
import { randomInt } from 'node:crypto';
import type { MediaShelf } from '../media/media.shelf.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
import { userJid, type Device, type User } from './directory.js';
import { domainOfGroup } from './group.node.js';
import type { Group } from './groups.js';
import { ownDomain } from './hidden.number.js';
import { notification } from './notices.js';
import type { Services } from './services.js';

export const PICTURE_SIZES = ['image', 'preview'] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

interface Lying {
  hash: string;
  size: number;
  directPath: string;
}

interface Picture extends Record<PictureSize, Lying> {
  id: string;
}

/** Whose it is. */
export type Pictured = User | Group;

const nameOf = (whose: Pictured): string => ('lid' in whose ? whose.lid : whose.id);

export class Pictures {
  private readonly records: Records<Picture>;

  constructor(
    store: Store,
    private readonly shelf: MediaShelf,
  ) {
    this.records = new Records(store, 'network.pictures');
  }

  id(whose: Pictured): string | undefined {
    return this.records.get(nameOf(whose))?.id;
  }

  /** Where it can be fetched from; undefined when there is none. */
  find(whose: Pictured, size: PictureSize): { id: string; url: string; directPath: string } | undefined {
    const picture = this.records.get(nameOf(whose));
    if (!picture) return undefined;
    let { directPath } = picture[size];
    if (typeof this.shelf.find(directPath) === 'string') {
      directPath = this.shelf.publish(picture[size]).directPath;
      this.records.put(nameOf(whose), { ...picture, [size]: { ...picture[size], directPath } });
    }
    return { id: picture.id, url: `${this.shelf.origin}${directPath}`, directPath };
  }

  read(whose: Pictured): { id: string; hash: string } | undefined {
    const picture = this.records.get(nameOf(whose));
    return picture && { id: picture.id, hash: picture.image.hash };
  }

  /** Returns its id. A real server makes the small one itself; here it is what the client brings, else the same bytes. */
  set(whose: Pictured, bytes: Record<PictureSize, Uint8Array>): string {
    const id = String(randomInt(1e9, 2 ** 31));
    const lying = (size: PictureSize): Lying => {
      const file = this.shelf.files.putNow(bytes[size]);
      return { ...file, directPath: this.shelf.publish(file).directPath };
    };
    this.records.put(nameOf(whose), { id, image: lying('image'), preview: lying('preview') });
    return id;
  }

  /** False when there was none. */
  remove(whose: Pictured): boolean {
    const had = this.id(whose) !== undefined;
    this.records.delete(nameOf(whose));
    return had;
  }
}

/** Everybody who knows the user, or is in the group, but for the device that did it. `id` undefined: it was taken away. */
export function notifyPicture(services: Services, by: Device, whose: Pictured, id: string | undefined): void {
  const { office } = services;
  office.commit(() => {
    for (const device of concerned(services, whose)) {
      if (device.user === by.user && device.number === by.number) continue;
      office.post(device, noticeFor(services, device, by, whose, id));
    }
  });
}

function concerned({ acquaintances, directory }: Services, whose: Pictured): Device[] {
  if ('lid' in whose) return acquaintances.devicesOf(whose);
  return [...whose.participants.keys()].flatMap((lid) => {
    const user = directory.user(`${lid}@${LID_DOMAIN}`);
    return user ? directory.devicesOf(user) : [];
  });
}

/** The own other devices hear of their own picture as of other settings of the account. */
function noticeFor(services: Services, to: Device, by: Device, whose: Pictured, id: string | undefined) {
  const isGroup = !('lid' in whose);
  const isOwn = to.user === whose;
  const domain = isGroup ? domainOfGroup(whose) : isOwn ? ownDomain(services, to.user, PN_DOMAIN) : PN_DOMAIN;
  const jid = isGroup ? whose.id : userJid(whose, domain);
  const author = userJid(by.user, domain);
  if (isOwn) return notification(services, { from: jid, type: 'account_sync' }, [node('picture', { jid, id, author })]);
  const what = id === undefined ? node('delete', { jid, author }) : node('set', { jid, id, author });
  return notification(services, { from: jid, type: 'picture', notify: by.user.pushName }, [what]);
}
