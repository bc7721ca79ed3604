/**
 * What a person sends. The message and the ratchet steps it took are durable before the network gets the stanza; until
 * the network has acked it, it is sent again after a restart, under the same id.
 */
import type { PostStatus, Say, SeenMessage, SendMedia, Written } from '../control/contract.js';
import { isGroupJid, STATUS_JID } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { message as messageCodec, PROTOCOL, type Message, type MessageKey } from '../signal/message.proto.js';
import { contentOf, reactionMessage, stanzaType, textMessage, type Quote } from './content.js';
import { saidAs, written } from './kinds/kinds.js';
import { askedOf } from './kinds/asked.js';
import { namesOf } from './user.names.js';
import { directEnvelope, groupEnvelope, statusEnvelope } from './envelope.js';
import { upload } from './media.js';
import { newMessageId } from './message.id.js';
import type { SentNote } from './notebook.js';
import type { Person, Step } from './person.js';
import { Refusal } from './refusal.js';

export interface Letter {
  id: string;
  /** A number, a LID or a group id. */
  to: string;
  message: Message;
  kind: SeenMessage['kind'];
  text: string;
}

export class Outbound {
  constructor(private readonly person: Person) {}

  write(to: string, text: string, quoted?: string): Promise<Written> {
    const message = textMessage(text, quoted === undefined ? undefined : this.quote(quoted));
    return this.send({ id: newMessageId(), to, message, kind: 'text', text });
  }

  async sendMedia(input: SendMedia): Promise<Written> {
    const { network, now } = this.person.world;
    const message = await upload(network.media, input, now());
    const { to, kind, caption: text = '' } = input;
    return this.send({ id: newMessageId(), to, message, kind, text });
  }

  /** Whatever is neither a text nor a file. */
  say(to: string, content: Say['content']): Promise<Written> {
    const { notebook, world, user, profile } = this.person;
    const id = newMessageId();
    const me = profile.addressing === 'lid' ? `${user.lid}@lid` : `${user.pn}@s.whatsapp.net`;
    const desk = {
      now: world.now(),
      me,
      key: (of: string) => this.keyOf(of).key,
      asked: (of: string) => notebook.asked(of),
    };
    const message = written(content, desk);
    const made = askedOf(id, message, namesOf(user));
    const also = made ? () => notebook.keepAsked(made) : undefined;
    const read = contentOf(message);
    return this.send({ id, to, message, kind: read?.kind ?? 'other', text: read?.text ?? '' }, also, saidAs(content));
  }

  /** A status, or one taken back. It stands in no chat, so it is in nobody's notes, and a crash may lose it. */
  async postStatus(to: string[], what: PostStatus): Promise<Written> {
    const { person } = this;
    if (!person.profile.online) throw new Refusal('conflict', `${person.profile.number} is offline`);
    const { network, now } = person.world;
    const readers = to.map((name) => network.findUser(name) ?? missing(name));
    const id = newMessageId();
    const participant = person.jidOf(person.user);
    const key = { remoteJid: STATUS_JID, fromMe: true, participant };
    const message: Message =
      'text' in what
        ? { extendedTextMessage: { text: what.text } }
        : 'file' in what
          ? await upload(network.media, what.file, now())
          : { protocolMessage: { type: PROTOCOL.revoke, key: { ...key, id: what.remove } } };
    return person.turn(async (step) => {
      const content = await statusEnvelope(person, step, readers, message);
      person.commit(step, () => undefined);
      await person.line.submit(
        node('message', { id, to: STATUS_JID, type: stanzaType(message), participant }, content),
      );
      return { id, at: now() };
    });
  }

  react(messageId: string, emoji: string): Promise<Written> {
    const { key, to } = this.keyOf(messageId);
    const message = reactionMessage(key, emoji, this.person.world.now());
    return this.send({ id: newMessageId(), to, message, kind: 'reaction', text: emoji });
  }

  /** A message that was seen or sent, and the chat that it is in. */
  private keyOf(messageId: string): { key: MessageKey; to: string } {
    const { notebook } = this.person;
    const seen = notebook.seen(messageId);
    const sent = seen ? undefined : notebook.sent(messageId);
    const chat = seen?.chatJid ?? sent?.toJid;
    if (chat === undefined) throw new Refusal('not_found', `no message ${messageId} was seen or sent`);
    const participant = seen && isGroupJid(chat) ? { participant: seen.authorJid } : {};
    const key = { remoteJid: chat, fromMe: !seen || seen.fromMe, id: messageId, ...participant };
    return { key, to: seen?.chat ?? sent?.to ?? '' };
  }

  /** `also` becomes durable together with the message. */
  send(letter: Letter, also: () => void = () => undefined, type = stanzaType(letter.message)): Promise<Written> {
    const { person } = this;
    if (!person.profile.online) throw new Refusal('conflict', `${person.profile.number} is offline`);
    const { id, to, message, kind, text } = letter;
    const toJid = this.jidOf(to);
    return person.turn(async (step) => {
      const content = await this.envelope(step, toJid, message);
      const at = person.world.now();
      const payload = messageCodec.encode(message);
      person.commit(step, () => {
        also();
        person.notebook.send({ id, to, toJid, text, kind, at, payload });
      });
      await person.line.submit(this.stanza(id, toJid, type, content));
      return { id, at };
    });
  }

  /** Whatever a crash left between the note and the network's ack. */
  async sendUnacked(): Promise<void> {
    for (const note of this.person.notebook.unacked()) {
      try {
        await this.sendAgain(note);
      } catch (error) {
        // Out of the group, say, since it was written: it went nowhere, and the sender can see why.
        if (!(error instanceof Refusal)) throw error;
        this.acked(note.id, error.message);
      }
    }
  }

  acked(id: string, error: string | undefined): void {
    const { notebook, world } = this.person;
    world.store.transaction(() => notebook.acked(id, error ?? null));
    world.changes.announce();
  }

  private sendAgain({ id, toJid, payload }: SentNote): Promise<void> {
    const message = messageCodec.decode(payload);
    return this.person.turn(async (step) => {
      const content = await this.envelope(step, toJid, message);
      this.person.commit(step, () => undefined);
      await this.person.line.submit(this.stanza(id, toJid, stanzaType(message), content));
    });
  }

  private envelope(step: Step, toJid: string, message: Message): Promise<Node[]> {
    const write = isGroupJid(toJid) ? groupEnvelope : directEnvelope;
    return write(this.person, step, toJid, message);
  }

  private stanza(id: string, to: string, type: string, content: Node[]): Node {
    return node('message', { id, to, type }, content);
  }

  private jidOf(to: string): string {
    if (isGroupJid(to)) return to;
    const user = this.person.world.network.findUser(to);
    if (!user) throw new Refusal('not_found', `nobody has the number or LID ${to}`);
    return this.person.jidOf(user);
  }

  private quote(id: string): Quote {
    const { notebook, user } = this.person;
    const seen = notebook.seen(id);
    if (seen) return { id, author: seen.authorJid, text: seen.text };
    const sent = notebook.sent(id);
    if (!sent) throw new Refusal('not_found', `no message ${id} was seen or sent`);
    return { id, author: this.person.jidOf(user), text: sent.text };
  }
}

function missing(name: string): never {
  throw new Refusal('not_found', `nobody has the number or LID ${name}`);
}
