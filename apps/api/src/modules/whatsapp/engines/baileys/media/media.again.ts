/**
 * Asks the phone for a file that the media hosts have lost: a `server-error` receipt to the own account, answered by a
 * `mediaretry` notice, which Baileys acks. Both are encrypted for the message that they are about.
 */
import { decodeMediaRetryNode, decryptMediaRetryData, encryptMediaRetryRequest, proto, type BinaryNode } from 'baileys';
import type { MediaMessage, MediaReference } from '../../media.js';
import type { AccountContext } from '../account.context.js';
import { MediaError } from './media.error.js';

const { SUCCESS } = proto.MediaRetryNotification.ResultType;

export class MediaRetries {
  private readonly waiting = new Map<string, (notice: BinaryNode) => void>();

  constructor(
    private readonly account: Pick<AccountContext, 'wire' | 'creds'>,
    private readonly patienceMs: number,
  ) {}

  /** Where it is now. Throws a MediaError. */
  async ask(message: MediaMessage, { key }: MediaReference, signal: AbortSignal): Promise<string> {
    // What was posted for many is on no phone, to be had by this account.
    if (key === null) throw new MediaError('not_on_phone', 'the phone does not have it');
    const { waId: id, chat: remoteJid, fromMe, participant } = message;
    const mediaKey = Buffer.from(key, 'base64');
    const about = { remoteJid, fromMe, id, ...(participant ? { participant } : {}) };
    const request = await encryptMediaRetryRequest(about, mediaKey, this.account.creds.me?.id ?? '');
    const answer = this.answerTo(id, signal);
    await this.account.wire.send(cleaned(request));
    const { media, error } = decodeMediaRetryNode(await answer);
    if (error || !media) throw new MediaError('not_on_phone', 'the phone does not have it');
    const { result, directPath } = opened(media, mediaKey, id);
    if (result !== SUCCESS || !directPath) throw new MediaError('not_on_phone', 'the phone does not have it');
    return directPath;
  }

  answered(notice: BinaryNode): void {
    this.waiting.get(notice.attrs.id ?? '')?.(notice);
  }

  private answerTo(id: string, signal: AbortSignal): Promise<BinaryNode> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        signal.removeEventListener('abort', gone);
      };
      const gone = (): void => (end(), reject(new MediaError('not_connected', 'the connection ended')));
      const late = (): void => (end(), reject(new MediaError('phone_silent', 'the phone does not answer')));
      const timer = setTimeout(late, this.patienceMs);
      signal.addEventListener('abort', gone);
      this.waiting.set(id, (notice) => (end(), resolve(notice)));
    });
  }
}

function opened(...sealed: Parameters<typeof decryptMediaRetryData>) {
  try {
    return decryptMediaRetryData(...sealed);
  } catch {
    throw new MediaError('phone_silent', 'the answer is not for this file');
  }
}

/** The encoder miscounts attributes without a value (protocol.md B.3). */
function cleaned(node: BinaryNode): BinaryNode {
  const attrs = Object.fromEntries(Object.entries(node.attrs).filter(([, value]) => value !== undefined));
  const content = Array.isArray(node.content) ? node.content.map(cleaned) : node.content;
  return { tag: node.tag, attrs, ...(content === undefined ? {} : { content }) };
}
