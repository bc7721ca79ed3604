/**
 * Trusted-contact tokens: what a contact gave us goes along with a message to them (without it the server may answer 463),
 * and we give them ours once a week, not with every message (protocol.md S6). Stored under the LID where it is known, in
 * the form in which Baileys stores the tokens that arrive.
 */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { SERVER } from '../connection/wire.js';
import { pack, unpack } from '../records/plain.js';

const WEEK_SECONDS = 7 * 24 * 3600;
/** A token counts for the week it is from and the three after it. */
const WEEKS = 4;

interface Token {
  token: Uint8Array;
  /** Seconds since 1970: theirs, and when we last gave ours. */
  timestamp?: string;
  senderTimestamp?: number;
}

export class ContactTokens {
  private readonly giving = new Set<string>();

  constructor(private readonly account: Pick<AccountContext, 'journal' | 'signal' | 'wire' | 'socket'>) {}

  /** Null without a valid one, or when the server does not want them. */
  async node(user: string): Promise<BinaryNode | null> {
    if (!this.account.socket.serverProps.privacyTokenOn1to1) return null;
    const { token, timestamp } = (await this.read(await this.home(user))) ?? {};
    if (!token?.length || !isValid(Number(timestamp))) return null;
    return { tag: 'tctoken', attrs: {}, content: token };
  }

  /** Gives the contact our token, if it is time. Call after a message to them; its outcome concerns no message. */
  async give(user: string): Promise<void> {
    const home = await this.home(user);
    if (this.giving.has(home)) return;
    this.giving.add(home);
    try {
      const now = Math.floor(Date.now() / 1000);
      if (isDue((await this.read(home))?.senderTimestamp)) await this.giveNow(user, home, now);
    } finally {
      this.giving.delete(home);
    }
  }

  private async giveNow(user: string, home: string, now: number): Promise<void> {
    const answer = await this.account.wire.ask(tokenQuery(await this.issueTo(user), now));
    if (!answer.ok) return;
    const known = (await this.read(home)) ?? { token: new Uint8Array() };
    this.account.journal.put('tctoken', home, pack({ ...known, ...theirs(answer.node), senderTimestamp: now }));
  }

  private async read(home: string): Promise<Token | undefined> {
    const record = (await this.account.journal.get('tctoken', [home])).get(home);
    return record && unpack<Token>(record);
  }

  private async home(user: string): Promise<string> {
    return (await this.account.signal.mapping.getLIDForPN(user)) ?? user;
  }

  private async issueTo(user: string): Promise<string> {
    const { socket, signal } = this.account;
    if (socket.serverProps.lidTrustedTokenIssueToLid) return this.home(user);
    return (await signal.mapping.getPNForLID(user)) ?? user;
  }
}

const week = (seconds: number): number => Math.floor(seconds / WEEK_SECONDS);
const thisWeek = (): number => week(Date.now() / 1000);
const isValid = (timestamp: number): boolean => week(timestamp) > thisWeek() - WEEKS;
const isDue = (given: number | undefined): boolean => given === undefined || week(given) < thisWeek();

const tokenQuery = (jid: string, now: number): BinaryNode => ({
  tag: 'iq',
  attrs: { to: SERVER, type: 'set', xmlns: 'privacy' },
  content: [
    {
      tag: 'tokens',
      attrs: {},
      content: [{ tag: 'token', attrs: { jid, t: String(now), type: 'trusted_contact' } }],
    },
  ],
});

/** The answer may bring theirs. */
function theirs(answer: BinaryNode): Partial<Token> {
  const token = getBinaryNodeChild(getBinaryNodeChild(answer, 'tokens'), 'token');
  if (token?.attrs.type !== 'trusted_contact' || !(token.content instanceof Uint8Array) || !token.attrs.t) return {};
  return { token: token.content, timestamp: token.attrs.t };
}
