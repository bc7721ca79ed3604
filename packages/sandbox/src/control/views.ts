import type { Person } from '../people/person.js';
import type { Phone } from '../people/phone.js';
import type * as c from './contract.js';

export function personView(person: Person): c.Person {
  const { number, lid, name, addressing, online, rule } = person.profile;
  return { number, lid, name, ...shownOf(person), addressing, online, rule, counts: person.notebook.counts };
}

export function pictureView({ profile, world }: Person): c.Picture {
  const found = world.network.picture(profile.number);
  return { id: found?.id ?? null, jpeg: found ? Buffer.from(found.bytes).toString('base64') : null };
}

function shownOf({ profile, world }: Person): { about: string; picture: string | null } {
  const { network } = world;
  return { about: network.about(profile.number), picture: network.pictureId(profile.number) ?? null };
}

export function phoneView({ person, ban, companions, waitsForCode }: Phone): c.Phone {
  const { number, lid, name, online } = person.profile;
  return {
    number,
    lid,
    pushName: name,
    ...shownOf(person),
    online,
    ban,
    waitsForCode,
    companions,
    counts: person.notebook.counts,
  };
}

export function seenView(note: c.SeenMessage): c.SeenMessage {
  const { n, id, kind, text, from, fromDevice, fromMe, chat, addressing, at, times, read, target, media, detail } =
    note;
  return {
    n,
    id,
    kind,
    text,
    from,
    fromDevice,
    fromMe,
    chat,
    addressing,
    at,
    times,
    read,
    target,
    media: media ?? null,
    detail: detail ?? null,
  };
}

export function sentView({ n, id, to, text, at, acked, error, receipts }: c.SentMessage): c.SentMessage {
  return { n, id, to, text, at, acked, error, receipts };
}
