/**
 * The only file that knows how an address is spelled.
 *
 * WhatsApp names a person by phone number (`628123@s.whatsapp.net`), by LID (`77@lid`) or both, one of their devices with
 * `:n` before the `@`, and a group by `…@g.us`. Everywhere else an address is one of the branded types below, parsed here
 * at the border.
 */
declare const brand: unique symbol;
type Branded<T extends string> = string & { readonly [brand]: T };

/** Digits only, country code first, no `+`: how the wire spells a number. */
export type PhoneDigits = Branded<'PhoneDigits'>;
/** The user part of `…@lid`, digits only. */
export type LidUser = Branded<'LidUser'>;
/** A whole group id, `…@g.us`. */
export type GroupJid = Branded<'GroupJid'>;

/** A whole channel id, `…@newsletter`. */
export type ChannelJid = Branded<'ChannelJid'>;

export type Address =
  | { kind: 'phone'; phone: PhoneDigits; device: number }
  | { kind: 'lid'; lid: LidUser; device: number }
  | { kind: 'group'; group: GroupJid }
  | { kind: 'other'; jid: string };

/** A person: a number, a LID, or both. Never neither. */
export interface PersonAddress {
  phone: PhoneDigits | null;
  lid: LidUser | null;
}

/** Sandbox numbers start with a country code that is not, and by plan will not be, assigned (ITU-T E.164: 999 is kept free). */
export const SANDBOX_PREFIX = '999';

const JID = /^(?:(\d+)(?:_\d+)?(?::(\d+))?)@(s\.whatsapp\.net|c\.us|lid)$/;
const GROUP = /^[\d-]+@g\.us$/;

export function parseJid(jid: string): Address {
  const person = JID.exec(jid);
  if (person) {
    const [, user, device, domain] = person as unknown as [string, string, string | undefined, string];
    const number = device === undefined ? 0 : Number(device);
    return domain === 'lid'
      ? { kind: 'lid', lid: user as LidUser, device: number }
      : { kind: 'phone', phone: user as PhoneDigits, device: number };
  }
  return GROUP.test(jid) ? { kind: 'group', group: jid as GroupJid } : { kind: 'other', jid };
}

const CHANNEL = /^\d+@newsletter$/;

/** Undefined for what is none. */
export const channelJid = (jid: string): ChannelJid | undefined =>
  CHANNEL.test(jid) ? (jid as ChannelJid) : undefined;

/** Where everybody posts their status. */
export const STATUS_JID = 'status@broadcast';

export const phoneJid = (phone: PhoneDigits): string => `${phone}@s.whatsapp.net`;
export const lidJid = (lid: LidUser): string => `${lid}@lid`;

/** The JID to write to a person: by number where it is known, else by LID. */
export function personJid(person: PersonAddress): string {
  if (person.phone) return phoneJid(person.phone);
  if (person.lid) return lidJid(person.lid);
  throw new Error('a person has a phone number or a LID');
}

/** From E.164 (`+628…`) or digits. The caller has checked the number with the phone library. */
export const phoneDigits = (number: string): PhoneDigits => number.replace(/\D/g, '') as PhoneDigits;
export const e164 = (phone: PhoneDigits): string => `+${phone}`;
export const isSandboxNumber = (phone: PhoneDigits): boolean => phone.startsWith(SANDBOX_PREFIX);
