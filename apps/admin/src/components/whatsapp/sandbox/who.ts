import type { Person, Phone } from '@/lib/api/sandbox-types';

/** Somebody in the sandbox: a person, or a phone, which is a person whose number is made to be linked. */
export type Who =
  | { kind: 'person'; number: string; name: string; online: boolean; person: Person }
  | { kind: 'phone'; number: string; name: string; online: boolean; phone: Phone };

export const ofPerson = (person: Person): Who => ({
  kind: 'person',
  number: person.number,
  name: person.name,
  online: person.online,
  person,
});
export const ofPhone = (phone: Phone): Who => ({
  kind: 'phone',
  number: phone.number,
  name: phone.pushName,
  online: phone.online,
  phone,
});
