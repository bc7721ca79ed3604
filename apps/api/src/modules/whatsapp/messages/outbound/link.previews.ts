/**
 * Texts that wait for the preview of their link, of one account. The first of a chat has it made, and the chat is left out of
 * what is read until then, so that its order holds and no other chat waits. What was made is written to the row before the
 * text leaves: after a crash it is made once more, or there already. A preview that takes too long is not waited for.
 */
import type { LinkPreview } from '@trunkline/contracts';
import { firstLink } from '@trunkline/contracts';
import type { Clock } from '../../../../clock/clock.js';
import type { Claimed } from './outbox.repository.js';

const WITHIN_MS = 10_000;
/** Chats that wait at once. A text beyond them goes without a preview. */
const MOST = 500;

export interface LinkPreviewParts {
  clock: Pick<Clock, 'setTimeout'>;
  /** Null where there is nothing to show. Rejects never. */
  make(link: string, signal: AbortSignal): Promise<LinkPreview | null>;
  made(messageId: string, preview: LinkPreview | null): void;
  /** A text may go now. */
  wake(): void;
}

export class LinkPreviews {
  readonly #waiting = new Map<string, AbortController>();
  /** By message, until its row says the same. */
  readonly #made = new Map<string, LinkPreview | null>();

  constructor(private readonly parts: LinkPreviewParts) {}

  get chats(): string[] {
    return [...this.#waiting.keys()];
  }

  /** Those that may go. */
  ready<T extends Claimed>(messages: readonly T[]): T[] {
    return messages.filter((message) => !this.#waiting.has(message.chatId) && this.#isReady(message));
  }

  stop(): void {
    for (const late of this.#waiting.values()) late.abort();
    this.#waiting.clear();
    this.#made.clear();
  }

  #isReady({ id, chatId, message }: Claimed): boolean {
    const { content } = message;
    if (content.kind !== 'text' || content.preview !== null) return this.#made.delete(id) || true;
    const { preview: _, ...text } = content;
    const made = this.#made.get(id);
    const link = made === undefined && this.#waiting.size < MOST ? firstLink(content.text) : undefined;
    if (link !== undefined) {
      void this.#make(id, chatId, link);
      return false;
    }
    if (made === undefined) this.parts.made(id, null);
    this.#made.delete(id);
    message.content = made ? { ...text, preview: made } : text;
    return true;
  }

  async #make(id: string, chatId: string, link: string): Promise<void> {
    const late = new AbortController();
    this.#waiting.set(chatId, late);
    const cancel = this.parts.clock.setTimeout(() => late.abort(), WITHIN_MS);
    const over = new Promise<null>((resolve) => late.signal.addEventListener('abort', () => resolve(null)));
    const preview = await Promise.race([this.parts.make(link, late.signal), over]);
    cancel();
    if (this.#waiting.get(chatId) !== late) return;
    this.#made.set(id, preview);
    this.#waiting.delete(chatId);
    this.parts.made(id, preview);
    this.parts.wake();
  }
}
