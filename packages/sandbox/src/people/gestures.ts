/** What is true for some seconds: typing, being online. Nothing of it is kept. */
import { randomBytes } from 'node:crypto';
import type { Answered, MakeCall, Show, Shown } from '../control/contract.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

const KEPT = 100;

export class Gestures {
  shown: Shown = [];
  answered: Answered = [];

  constructor(private readonly person: Person) {}

  async show(to: string, doing: Show['doing']): Promise<void> {
    const state = node(doing === 'paused' ? 'paused' : 'composing', doing === 'recording' ? { media: 'audio' } : {});
    await this.person.line.submit(node('chatstate', { to: this.jidOf(to) }, [state]));
  }

  async appear(online: boolean): Promise<void> {
    const { name } = this.person.profile;
    await this.person.line.submit(node('presence', { name, type: online ? 'available' : 'unavailable' }));
  }

  saw({ attrs, content }: Node): void {
    const [state] = Array.isArray(content) ? content : [];
    const { network, now, changes } = this.person.world;
    const name = (jid: string | undefined): string => {
      const user = parseJid(jid)?.user ?? '';
      return network.findUser(user)?.pn ?? user;
    };
    const doing = state?.tag !== 'composing' ? 'paused' : state.attrs.media === 'audio' ? 'recording' : 'typing';
    const chat = isGroupJid(attrs.from) ? (attrs.from ?? '') : name(attrs.from);
    this.shown = [
      ...this.shown,
      { from: name(attrs.participant ?? attrs.from), chat, doing, at: now() } as const,
    ].slice(-KEPT);
    changes.announce();
  }

  async call({ to, video, end }: MakeCall): Promise<{ callId: string }> {
    const callId = end ?? randomBytes(16).toString('hex').toUpperCase();
    const me = this.person.jidOf(this.person.user);
    const about = { 'call-id': callId, 'call-creator': me };
    const what = end
      ? node('terminate', { ...about, reason: 'timeout' })
      : node('offer', about, [node(video ? 'video' : 'audio', {})]);
    await this.person.line.submit(node('call', { to: this.jidOf(to), id: callId.slice(0, 16) }, [what]));
    return { callId };
  }

  answeredBy({ attrs, content }: Node): void {
    const [what] = Array.isArray(content) ? content : [];
    const user = parseJid(attrs.from)?.user ?? '';
    const by = this.person.world.network.findUser(user)?.pn ?? user;
    this.answered = [...this.answered, { callId: what?.attrs['call-id'] ?? '', by, how: what?.tag ?? '' }].slice(-KEPT);
    this.person.world.changes.announce();
  }

  private jidOf(to: string): string {
    if (isGroupJid(to)) return to;
    const user = this.person.world.network.findUser(to);
    if (!user) throw new Refusal('not_found', `nobody has the number or LID ${to}`);
    return this.person.jidOf(user);
  }
}
