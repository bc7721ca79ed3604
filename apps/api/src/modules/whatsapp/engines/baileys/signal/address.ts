/** How Signal records are named: `user.device` by number, `user_1.device` by LID, as Baileys names them. */
import { jidDecode, jidEncode } from 'baileys';

export interface SignalAddress {
  /** With its domain: `628123`, `77_1`. */
  name: string;
  device: number;
}

export function signalAddress(jid: string): SignalAddress {
  const decoded = jidDecode(jid);
  if (!decoded?.user) throw new Error('a Signal address needs a user');
  const { user, device, domainType } = decoded;
  return { name: domainType ? `${user}_${domainType}` : user, device: device ?? 0 };
}

export const addressId = ({ name, device }: SignalAddress): string => `${name}.${device}`;

/** `63_1.2` for `63:2@lid`. */
export const signalId = (jid: string): string => addressId(signalAddress(jid));

/** The same device under the other user: `1:2@s.whatsapp.net` onto `77@lid` gives `77:2@lid`. */
export function moveDevice(device: string, user: string): string {
  const target = jidDecode(user);
  if (!target) throw new Error('not an address');
  return jidEncode(target.user, target.server, jidDecode(device)?.device);
}
