/** Whom the account has blocked: a list at the server that all its devices share. */
import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from 'baileys';
import { lidJid, phoneJid, type PersonAddress } from '../../../jid.js';
import type { ChatResult } from '../../chats.js';
import type { AccountContext } from '../account.context.js';
import { SERVER } from '../connection/wire.js';
import type { DeviceLists } from '../outbound/device.lists.js';

const FAILURES = { timed_out: 'timed_out', closed: 'not_connected', refused: 'refused' } as const;

export class Blocklist {
  constructor(
    private readonly account: Pick<AccountContext, 'wire' | 'people' | 'journal'>,
    private readonly devices: DeviceLists,
  ) {}

  /** WhatsApp keeps the list by LID, and wants the number beside it. */
  async set(person: PersonAddress, blocked: boolean): Promise<ChatResult> {
    const { phone, lid } = await this.whole(person);
    if (!phone || !lid) return { ok: false, code: 'number_unknown' };
    const attrs: BinaryNode['attrs'] = blocked
      ? { action: 'block', jid: lidJid(lid), pn_jid: phoneJid(phone) }
      : { action: 'unblock', jid: lidJid(lid) };
    const answer = await this.account.wire.ask(query('set', [{ tag: 'item', attrs }]));
    if (!answer.ok) return { ok: false, code: FAILURES[answer.failure] };
    this.account.journal.emit({ type: 'blocked', person: { phone, lid }, blocked });
    return { ok: true };
  }

  /** Another device changed it. */
  async changed(notice: BinaryNode): Promise<void> {
    const list = getBinaryNodeChild(notice, 'blocklist');
    if (!list) return;
    for (const { attrs } of getBinaryNodeChildren(list, 'item')) {
      const person = await this.account.people.person(attrs.jid);
      if (person) this.account.journal.emit({ type: 'blocked', person, blocked: attrs.action === 'block' });
    }
  }

  /** All of it, as it is now: for a device that was linked just now. */
  async read(): Promise<void> {
    const answer = await this.account.wire.ask(query('get', []));
    if (!answer.ok) return;
    const items = getBinaryNodeChildren(getBinaryNodeChild(answer.node, 'list'), 'item');
    const people = await Promise.all(items.map(({ attrs }) => this.account.people.person(attrs.jid)));
    this.account.journal.emit({ type: 'blocklist', people: people.filter((person) => person !== null) });
  }

  /** Both names; one that is not known yet comes with the list of devices. */
  private async whole(person: PersonAddress): Promise<PersonAddress> {
    const known = await this.account.people.complete(person);
    if (known.lid || !known.phone) return known;
    await this.devices.of([phoneJid(known.phone)]).catch(() => undefined); // It stays unknown, and that is said.
    return this.account.people.complete(person);
  }
}

const query = (type: 'get' | 'set', content: BinaryNode[]): BinaryNode => ({
  tag: 'iq',
  attrs: { to: SERVER, type, xmlns: 'blocklist' },
  ...(content.length > 0 ? { content } : {}),
});
