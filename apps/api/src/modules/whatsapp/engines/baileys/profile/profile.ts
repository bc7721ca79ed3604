/** Names, abouts and pictures, as WhatsApp's own clients ask and set them (docs in `engines/profile.ts`). */
import { chatModificationToAppPatch, getBinaryNodeChild, type BinaryNode } from 'baileys';
import { personJid, type GroupJid, type PersonAddress } from '../../../jid.js';
import type {
  PortraitPicture,
  Portrayed,
  ProfileCapability,
  ProfileFailureCode,
  ProfileResult,
} from '../../profile.js';
import type { AccountContext } from '../account.context.js';
import type { AppState } from '../chats/app.state.js';
import { SERVER, type Answer } from '../connection/wire.js';
import type { MediaLine } from '../media/media.line.js';
import { ContactTokens } from '../outbound/contact.tokens.js';
import { aboutIn, aboutQuery } from './about.node.js';
import { fetchPicture } from './picture.fetch.js';

const NOT_FOUND = 404;
/** Hidden from this account. */
const HIDDEN = [401, 403];
const LIMITED = 429;
/** What a server says of a picture that is set. */
const REFUSALS: Partial<Record<number, ProfileFailureCode>> = { 401: 'forbidden', 403: 'forbidden', 406: 'unfit' };
const PICTURES = 'w:profile:picture';

export class Profile implements ProfileCapability {
  private readonly tokens: ContactTokens;

  constructor(
    private readonly account: AccountContext,
    private readonly appState: AppState,
    private readonly line: MediaLine,
    private readonly ended: AbortSignal,
  ) {
    this.tokens = new ContactTokens(account);
  }

  /** A setting of the phone that all devices of the account share. */
  async setName(name: string): Promise<ProfileResult> {
    const { socket, creds } = this.account;
    const tell = () => socket.ev.emit('creds.update', { me: { ...creds.me!, name } });
    const result = await this.appState.change(chatModificationToAppPatch({ pushNameSetting: name }, ''), tell);
    return result.ok ? result : { ok: false, code: result.code === 'number_unknown' ? 'refused' : result.code };
  }

  async setAbout(about: string): Promise<ProfileResult> {
    const content = [{ tag: 'status', attrs: {}, content: Buffer.from(about) }];
    const answer = await this.account.wire.ask({ tag: 'iq', attrs: to('set', 'status'), content });
    return answer.ok ? { ok: true } : failed(answer);
  }

  async setPicture(of: 'own' | GroupJid, jpeg: Uint8Array | null): Promise<ProfileResult<{ id: string | null }>> {
    const attrs = { ...to('set', PICTURES), ...(of === 'own' ? {} : { target: of }) };
    const content = jpeg ? [{ tag: 'picture', attrs: { type: 'image' }, content: Buffer.from(jpeg) }] : [];
    const answer = await this.account.wire.ask({ tag: 'iq', attrs, ...(jpeg ? { content } : {}) });
    if (!answer.ok) return { ok: false, code: REFUSALS[answer.code ?? 0] ?? failed(answer).code };
    return { ok: true, id: getBinaryNodeChild(answer.node, 'picture')?.attrs.id ?? null };
  }

  async about(of: 'own' | PersonAddress): Promise<ProfileResult<{ about: string }>> {
    const { wire, socket } = this.account;
    const jid = this.jidOf(of);
    const answer = await wire.ask(aboutQuery(jid, socket.generateMessageTag()));
    return answer.ok ? { ok: true, about: aboutIn(answer.node) } : failed(answer);
  }

  picture: ProfileCapability['picture'] = async (of, known, signal) => {
    const target = this.jidOf(of);
    const asked = { type: of === 'own' ? 'image' : 'preview', query: 'url', ...(known ? { id: known } : {}) };
    const content = [{ tag: 'picture', attrs: asked, content: await this.tokenFor(of, target) }];
    const answer = await this.account.wire.ask({ tag: 'iq', attrs: { ...to('get', PICTURES), target }, content });
    if (!answer.ok) return isNone(answer) ? { ok: true, picture: null } : failed(answer);
    return this.read(answer.node, known, signal);
  };

  private async read(
    answer: BinaryNode,
    known: string | null,
    signal: AbortSignal,
  ): Promise<ProfileResult<{ picture: PortraitPicture | 'same' | null }>> {
    const { id, url } = getBinaryNodeChild(answer, 'picture')?.attrs ?? {};
    if (!id || !url) return { ok: true, picture: known ? 'same' : null };
    if (id === known) return { ok: true, picture: 'same' };
    const jpeg = await fetchPicture(this.line, url, AbortSignal.any([signal, this.ended]));
    if (jpeg) return { ok: true, picture: { id, jpeg } };
    return { ok: false, code: this.ended.aborted ? 'not_connected' : 'unreachable' };
  }

  /** Asked for the own picture with one, a server does not answer at all. */
  private async tokenFor(of: Portrayed, jid: string): Promise<BinaryNode[]> {
    if (typeof of === 'string' || !this.account.socket.serverProps.profilePicPrivacyToken) return [];
    const token = await this.tokens.node(jid);
    return token ? [token] : [];
  }

  private jidOf(of: Portrayed): string {
    if (of !== 'own') return typeof of === 'string' ? of : personJid(of);
    const { id = '' } = this.account.creds.me ?? {};
    return id.replace(/:\d+@/, '@');
  }
}

const to = (type: 'get' | 'set', xmlns: string): BinaryNode['attrs'] => ({ to: SERVER, type, xmlns });

type Failed = Extract<Answer, { ok: false }>;

const isNone = ({ code }: Failed): boolean => code === NOT_FOUND || (code !== null && HIDDEN.includes(code));

const CODES: Record<Failed['failure'], ProfileFailureCode> = {
  timed_out: 'timed_out',
  closed: 'not_connected',
  refused: 'refused',
};

const failed = ({ failure, code }: Failed): { ok: false; code: ProfileFailureCode } => ({
  ok: false,
  code: code === LIMITED ? 'limited' : CODES[failure],
});
