/** What is true for some seconds: typing, being online. Nothing of it is kept. */
import type { Show, Shown } from '../control/contract.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

const KEPT = 100;

export class Gestures {
  shown: Shown = [];

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

  private jidOf(to: string): string {
    if (isGroupJid(to)) return to;
    const user = this.person.world.network.findUser(to);
    if (!user) throw new Refusal('not_found', `nobody has the number or LID ${to}`);
    return this.person.jidOf(user);
  }
}
