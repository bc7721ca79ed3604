/**
 * Calls: nobody can talk here, so a call is a line in the chat that says how it went on, and may be declined. The phone
 * rings, too. (A call stanza is `<call from id t>` with one child that says what happened; as Baileys reads it.)
 */
import { buildAckStanza, getAllBinaryNodeChildren, getBinaryNodeChild, type BinaryNode } from 'baileys';
import type { ContentOf } from '@trunkline/contracts';
import { personJid, type PersonAddress } from '../../../jid.js';
import type { CallCapability } from '../../engine.js';
import type { AccountContext } from '../account.context.js';

type Outcome = ContentOf<'call'>['outcome'];

const REMEMBERED = 200;
const ENDINGS: Record<string, Outcome> = { terminate: 'missed', accept: 'answered_elsewhere', reject: 'rejected' };

export class Calls implements CallCapability {
  /** By call id: whether it is one with video. Forgotten calls are told as voice calls. */
  private readonly open = new Map<string, boolean>();

  constructor(private readonly account: AccountContext) {}

  async reject(callId: string, from: PersonAddress): Promise<void> {
    const to = personJid(from);
    const reject = { tag: 'reject', attrs: { 'call-id': callId, 'call-creator': to, count: '0' } };
    const attrs = { from: this.account.creds.me?.id ?? '', to, id: this.account.socket.generateMessageTag() };
    await this.account.wire.send({ tag: 'call', attrs, content: [reject] });
    this.ended(callId, 'rejected');
  }

  async receive(node: BinaryNode): Promise<void> {
    const [what] = getAllBinaryNodeChildren(node);
    const callId = what?.attrs['call-id'];
    if (what && callId) await this.take(node, what, callId);
    await this.account.wire.send(buildAckStanza(node, undefined, this.account.creds.me?.id));
  }

  private async take(node: BinaryNode, what: BinaryNode, callId: string): Promise<void> {
    if (what.tag === 'offer' || what.tag === 'offer_notice') return this.offered(node, what, callId);
    const outcome = ENDINGS[what.tag];
    if (outcome) this.ended(callId, what.attrs.reason === 'accepted_elsewhere' ? 'answered_elsewhere' : outcome);
  }

  private async offered({ attrs }: BinaryNode, what: BinaryNode, callId: string): Promise<void> {
    const { people, journal } = this.account;
    const creator = what.attrs['call-creator'] ?? attrs.from;
    const sender = await people.person(creator);
    const chat = await people.chat(what.attrs['group-jid'] ?? creator);
    if (!sender || !chat || people.isMe(creator)) return;
    const video = getBinaryNodeChild(what, 'video') !== undefined || what.attrs.media === 'video';
    this.remember(callId, video);
    const content: ContentOf<'call'> = { kind: 'call', video, outcome: 'ringing' };
    const at = Number(attrs.t) * 1000 || Date.now();
    const around = { quotedWaId: null, forwardingScore: 0, viewOnce: false, ephemeralSeconds: null, history: false };
    const senderName = attrs.notify || null;
    const message = {
      waId: callId,
      chat,
      sender,
      senderName,
      fromMe: false,
      content,
      at,
      raw: new Uint8Array(),
      ...around,
    };
    journal.emit({ type: 'message', message });
    journal.emit({ type: 'call', callId, from: sender, video });
  }

  private ended(callId: string, outcome: Outcome): void {
    const video = this.open.get(callId) ?? false;
    // The first ending counts: a call that was declined is terminated after that.
    if (!this.open.delete(callId)) return;
    this.account.journal.emit({ type: 'message-read', waId: callId, content: { kind: 'call', video, outcome } });
  }

  private remember(callId: string, video: boolean): void {
    this.open.set(callId, video);
    if (this.open.size > REMEMBERED) this.open.delete(this.open.keys().next().value as string);
  }
}
