/** The server tells that a picture or an about is another one now: of people, of groups, and of the account on other devices. */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import type { Portrayed } from '../../profile.js';
import type { AccountContext } from '../account.context.js';
import { textIn } from './about.node.js';

export class ProfileNotices {
  constructor(private readonly account: Pick<AccountContext, 'journal' | 'people'>) {}

  /** `type="picture"`: `<set>`, or `<delete>`; some name whose it is by a hash alone, and those are nobody's here. */
  async pictureChanged(notice: BinaryNode): Promise<void> {
    const set = getBinaryNodeChild(notice, 'set') ?? getBinaryNodeChild(notice, 'add');
    const change = set ?? getBinaryNodeChild(notice, 'delete');
    if (!change) return;
    const of = await this.portrayed(change.attrs.jid ?? notice.attrs.from);
    if (of) this.account.journal.emit({ type: 'picture-changed', of, gone: set === undefined });
  }

  /** `type="status"`. */
  async aboutChanged(notice: BinaryNode): Promise<void> {
    const set = getBinaryNodeChild(notice, 'set');
    const { from } = notice.attrs;
    const of = this.account.people.isMe(from) ? 'own' : await this.account.people.person(from);
    if (set && of) this.account.journal.emit({ type: 'about-changed', of, about: textIn(set) });
  }

  /** `type="account_sync"`: another device of the account has changed the picture. */
  ownChanged(notice: BinaryNode): void {
    const picture = getBinaryNodeChild(notice, 'picture');
    if (picture) this.account.journal.emit({ type: 'picture-changed', of: 'own', gone: false });
  }

  private async portrayed(jid: string | undefined): Promise<Portrayed | null> {
    return this.account.people.isMe(jid) ? 'own' : this.account.people.chat(jid);
  }
}
