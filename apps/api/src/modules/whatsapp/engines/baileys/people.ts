/** People as the port names them, from the addresses on the wire: both names where both are known. */
import type { AuthenticationCreds } from 'baileys';
import { jidDecode } from 'baileys';
import { parseJid, type GroupJid, type LidUser, type PersonAddress, type PhoneDigits } from '../../jid.js';
import type { LidMapping } from './signal/lid.mapping.js';

export class People {
  constructor(
    private readonly mapping: LidMapping,
    private readonly creds: AuthenticationCreds,
  ) {}

  /** Null for what is no person. */
  async person(jid: string | undefined): Promise<PersonAddress | null> {
    const address = jid ? parseJid(jid) : null;
    if (address?.kind === 'phone') return this.complete({ phone: address.phone, lid: null });
    if (address?.kind === 'lid') return this.complete({ phone: null, lid: address.lid });
    return null;
  }

  async chat(jid: string | undefined): Promise<PersonAddress | GroupJid | null> {
    const address = jid ? parseJid(jid) : null;
    return address?.kind === 'group' ? address.group : this.person(jid);
  }

  async complete({ phone, lid }: PersonAddress): Promise<PersonAddress> {
    if (phone && !lid) return { phone, lid: (await this.mapping.lidOf(phone)) as LidUser | null };
    if (lid && !phone) return { phone: (await this.mapping.phoneOf(lid)) as PhoneDigits | null, lid };
    return { phone, lid };
  }

  /** By number or by LID, whichever device. */
  isMe(jid: string | undefined): boolean {
    const [user, me] = [jidDecode(jid), this.creds.me];
    if (!user?.user || !me) return false;
    return [me.id, me.lid].some((own) => own && sameUser(jidDecode(own), user));
  }
}

type Decoded = ReturnType<typeof jidDecode>;
const sameUser = (a: Decoded, b: Decoded): boolean => a?.user === b?.user && a?.server === b?.server;
