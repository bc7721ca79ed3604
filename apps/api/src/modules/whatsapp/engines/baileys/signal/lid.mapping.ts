/**
 * Which number and which LID are one person, as this account has learned it. Kept in the journal under the number, and
 * under the LID with a suffix; known pairs stay in memory, bounded.
 *
 * It never asks the network: who needs a LID that nobody told us goes without (the device query brings it, protocol.md
 * B.6.1). Has the shape of Baileys' `LIDMappingStore`, which calls it for what it learns by itself.
 */
import type { LIDMapping } from 'baileys';
import { isLidUser, isPnUser, jidDecode } from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import { moveDevice } from './address.js';

const REVERSE = '_reverse';
const REMEMBERED = 20_000;

export interface LidPair {
  phone: string;
  lid: string;
}

export class LidMapping {
  /** Record id to what it maps to; null when the journal has none. */
  private readonly known = new Map<string, string | null>();

  constructor(
    private readonly journal: SessionJournal,
    private readonly onLearned: (pairs: LidPair[]) => void,
  ) {}

  async lidOf(phone: string): Promise<string | null> {
    return this.read(phone);
  }

  async phoneOf(lid: string): Promise<string | null> {
    return this.read(lid + REVERSE);
  }

  /** Stores what is new. A number that moved to another LID lets go of the old one. */
  async learn(pairs: LidPair[]): Promise<void> {
    const fresh: LidPair[] = [];
    for (const pair of pairs) if ((await this.lidOf(pair.phone)) !== pair.lid) fresh.push(pair);
    for (const pair of fresh) await this.replace(pair);
    if (fresh.length > 0) this.onLearned(fresh);
  }

  async storeLIDPNMappings(pairs: LIDMapping[]): Promise<void> {
    await this.learn(pairs.flatMap(toPair));
  }

  /** With the device of the number asked for: `1:2@s.whatsapp.net` is answered by `77:2@lid`. */
  async getLIDForPN(pn: string): Promise<string | null> {
    const user = isPnUser(pn) ? jidDecode(pn)?.user : undefined;
    const lid = user && (await this.lidOf(user));
    return lid ? moveDevice(pn, `${lid}@lid`) : null;
  }

  async getPNForLID(lid: string): Promise<string | null> {
    const user = isLidUser(lid) ? jidDecode(lid)?.user : undefined;
    const phone = user && (await this.phoneOf(user));
    return phone ? moveDevice(lid, `${phone}@s.whatsapp.net`) : null;
  }

  async getLIDsForPNs(pns: string[]): Promise<LIDMapping[] | null> {
    const found: LIDMapping[] = [];
    for (const pn of pns) {
      const lid = await this.getLIDForPN(pn);
      if (lid) found.push({ pn, lid });
    }
    return found.length > 0 ? found : null;
  }

  async getPNsForLIDs(lids: string[]): Promise<LIDMapping[] | null> {
    const found: LIDMapping[] = [];
    for (const lid of lids) {
      const pn = await this.getPNForLID(lid);
      if (pn) found.push({ pn, lid });
    }
    return found.length > 0 ? found : null;
  }

  close(): void {
    this.known.clear();
  }

  private async read(id: string): Promise<string | null> {
    const remembered = this.known.get(id);
    if (remembered !== undefined) return remembered;
    const record = (await this.journal.get('lid-mapping', [id])).get(id);
    const value = record ? Buffer.from(record).toString('utf8') : null;
    // A pair learned while the journal was read is newer than what was read.
    const meanwhile = this.known.get(id);
    if (meanwhile !== undefined) return meanwhile;
    this.remember(id, value);
    return value;
  }

  private async replace({ phone, lid }: LidPair): Promise<void> {
    const [oldLid, oldPhone] = [await this.lidOf(phone), await this.phoneOf(lid)];
    if (oldLid) this.write(oldLid + REVERSE, null);
    if (oldPhone) this.write(oldPhone, null);
    this.write(phone, lid);
    this.write(lid + REVERSE, phone);
  }

  private write(id: string, value: string | null): void {
    this.journal.put('lid-mapping', id, value === null ? null : Buffer.from(value, 'utf8'));
    this.remember(id, value);
  }

  private remember(id: string, value: string | null): void {
    this.known.delete(id);
    this.known.set(id, value);
    if (this.known.size <= REMEMBERED) return;
    for (const oldest of this.known.keys()) return void this.known.delete(oldest);
  }
}

function toPair({ pn, lid }: LIDMapping): LidPair[] {
  const [phone, user] = isPnUser(pn) ? [pn, lid] : [lid, pn];
  if (!isPnUser(phone) || !isLidUser(user)) return [];
  const pair = { phone: jidDecode(phone)?.user, lid: jidDecode(user)?.user };
  return pair.phone && pair.lid ? [{ phone: pair.phone, lid: pair.lid }] : [];
}
