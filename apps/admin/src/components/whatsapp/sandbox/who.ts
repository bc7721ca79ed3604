import type { Person, Phone } from '@/lib/api/sandbox-types';

/** Somebody in the sandbox: a person, or a phone, which is a person whose number is made to be linked. */
export type Who = (Looks & { kind: 'person'; person: Person }) | (Looks & { kind: 'phone'; phone: Phone });

interface Looks {
  number: string;
  name: string;
  about: string;
  /** The id of it. */
  picture: string | null;
  online: boolean;
}

export const ofPerson = (person: Person): Who => ({
  kind: 'person',
  number: person.number,
  name: person.name,
  about: person.about,
  picture: person.picture,
  online: person.online,
  person,
});
export const ofPhone = (phone: Phone): Who => ({
  kind: 'phone',
  number: phone.number,
  name: phone.pushName,
  about: phone.about,
  picture: phone.picture,
  online: phone.online,
  phone,
});
