/**
 * What is posted for many: statuses, and what stands in channels. They are told apart from messages. What a channel is
 * called is in none of its posts: it is asked for once in a connection, after the first one.
 */
import { hasMedia, isChange } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { ChannelJid, PersonAddress } from '../../../jid.js';
import type { InboundPost } from '../../engine.js';
import type { AccountContext } from '../account.context.js';
import { readContent } from './convert.js';
import type { Envelope } from './envelope.js';
import { readMedia } from './media.js';
import { readNewer } from './newer.js';

const CHANGES = ['edit', 'delete'];
const MOST_NAME = 200;

export class Posts {
  private readonly asked = new Set<ChannelJid>();

  constructor(private readonly account: Pick<AccountContext, 'journal' | 'socket'>) {}

  tell(
    { id: waId, pushName, fromMe, at, change }: Envelope,
    place: NonNullable<Envelope['place']>,
    sender: PersonAddress | null,
    message: proto.IMessage,
    raw: Uint8Array,
  ): void {
    const content = readContent(message) ?? readNewer(raw, message);
    if (!content || (place === 'status' && !sender)) return;
    // Who likes a status, or votes in it, is not told here.
    if (isChange(content) && !CHANGES.includes(content.kind)) return;
    const author = place === 'status' ? sender : null;
    const media = hasMedia(content) ? readMedia(message) : undefined;
    const post = { waId, place, author, authorName: pushName, fromMe, content, ...(media && { media }), at, raw };
    this.account.journal.emit({ type: 'post', post });
    if (change) this.edit(post);
    if (place !== 'status') void this.name(place);
  }

  /** One that was not known is there now as it reads, and this changes nothing. */
  private edit({ content, media: _, ...post }: InboundPost): void {
    const text = content.kind === 'text' ? content.text : 'caption' in content ? content.caption : undefined;
    const edit = { kind: 'edit' as const, text: text ?? '', targetWaId: post.waId };
    if (content.kind === 'text' || hasMedia(content))
      this.account.journal.emit({ type: 'post', post: { ...post, content: edit } });
  }

  takenBack({ id: waId, place, fromMe, at }: Envelope): void {
    if (!place) return;
    const content = { kind: 'delete' as const, targetWaId: waId };
    const post = { waId, place, author: null, authorName: null, fromMe, content, at, raw: new Uint8Array() };
    this.account.journal.emit({ type: 'post', post });
  }

  private async name(channel: ChannelJid): Promise<void> {
    if (this.asked.has(channel)) return;
    this.asked.add(channel);
    try {
      const name = nameOf(await this.account.socket.newsletterMetadata('jid', channel));
      if (name) this.account.journal.emit({ type: 'channel', channel, name: name.slice(0, MOST_NAME) });
    } catch {
      // A channel without a name is shown by its number; the next connection asks again.
    }
  }
}

/** Baileys hands the server's answer on as it is, whatever its types say. */
function nameOf(metadata: unknown): string | undefined {
  const { name, thread_metadata: thread } = Object(metadata) as {
    name?: unknown;
    thread_metadata?: { name?: { text?: unknown } };
  };
  const found = typeof name === 'string' ? name : thread?.name?.text;
  return typeof found === 'string' ? found : undefined;
}
