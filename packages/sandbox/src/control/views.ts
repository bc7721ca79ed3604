import type { Person } from '../people/person.js';
import type { Phone } from '../people/phone.js';
import type * as c from './contract.js';

export function personView({ profile, notebook }: Person): c.Person {
  const { number, lid, name, addressing, online, rule } = profile;
  return { number, lid, name, addressing, online, rule, counts: notebook.counts };
}

export function phoneView({ person, ban, companions, waitsForCode }: Phone): c.Phone {
  const { number, lid, name, online } = person.profile;
  return { number, lid, pushName: name, online, ban, waitsForCode, companions, counts: person.notebook.counts };
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
