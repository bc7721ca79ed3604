/** How an address is spelled: `user[:device]@domain`; groups are `…@g.us`; the server is an empty user (protocol.md B.3). */
export const PN_DOMAIN = 's.whatsapp.net';
export const LID_DOMAIN = 'lid';
export const GROUP_DOMAIN = 'g.us';
export const CHANNEL_DOMAIN = 'newsletter';
/** Where everybody posts their status. */
export const STATUS_JID = 'status@broadcast';
/** With the bare form, clients miss `notification type=encrypt`. */
export const SERVER_JID = `@${PN_DOMAIN}`;

export interface Jid {
  user: string;
  domain: string;
  device: number;
}

export function parseJid(text: string | undefined): Jid | undefined {
  const match = /^(?:([^@:]+)(?::(\d+))?@)?@?([a-z.]+)$/.exec(text ?? '');
  if (!match) return undefined;
  return { user: match[1] ?? '', device: Number(match[2] ?? 0), domain: match[3] ?? '' };
}

/** Device 0 is written without a number. */
export function formatJid(user: string, domain: string, device = 0): string {
  return device === 0 ? `${user}@${domain}` : `${user}:${device}@${domain}`;
}

export function isGroupJid(text: string | undefined): boolean {
  const jid = parseJid(text);
  return jid?.domain === GROUP_DOMAIN && jid.user !== '';
}

export function isUserJid(text: string | undefined): boolean {
  const jid = parseJid(text);
  return jid !== undefined && jid.user !== '' && (jid.domain === PN_DOMAIN || jid.domain === LID_DOMAIN);
}
