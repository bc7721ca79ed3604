import type { Agent } from 'node:http';
import type { LinkPreview } from '@trunkline/contracts';
import { Places } from '../../cluster/places.js';
import { beginningOf, typeOf } from './answer.body.js';
import { Addresses } from './addresses.js';
import { ask, type PageLine } from './page.request.js';
import { decodePage, readPage } from './page.reader.js';
import { thumbnailOf } from './thumbnail.js';

/** What a page says of itself stands at its head. */
const PAGE_BYTES = 512 * 1024;
const PICTURE_BYTES = 4 * 1024 * 1024;
const PAGES = ['text/html', 'application/xhtml+xml'];

/** So many pages are fetched at once, for all accounts of a worker. */
const AT_ONCE = 8;

export interface PreviewParts {
  addresses: Addresses;
  /** How many pages a worker fetches at once. */
  places: Places;
  resolve?: PageLine['resolve'];
}

/** Makes previews of links; see `page.request.ts` for what it may ask. */
export class PreviewMaker {
  constructor(private readonly parts: PreviewParts) {}

  /** Null where the link is not a page that may be asked for, or says nothing of itself. Rejects never. */
  async make(link: string, agent: Agent | undefined, signal: AbortSignal): Promise<LinkPreview | null> {
    const release = await this.parts.places.take();
    try {
      const { addresses, resolve } = this.parts;
      return await this.#made(link, { addresses, ...(resolve ? { resolve } : {}), agent, signal });
    } catch {
      return null; // a message is not held up by a page
    } finally {
      release();
    }
  }

  async #made(link: string, line: PageLine): Promise<LinkPreview | null> {
    const { url, response } = await ask(line, new URL(link), PAGES.join(', '));
    const type = response.headers['content-type'];
    if (!PAGES.includes(typeOf(response) ?? '')) return response.destroy() && null;
    const { bytes } = await beginningOf(response, PAGE_BYTES);
    const { title, description, image } = await readPage(decodePage(bytes, type));
    if (!title) return null;
    const thumbnail = image && (await this.#picture(line, image, url));
    return {
      url: link,
      title: title.slice(0, 300),
      ...(description ? { description: description.slice(0, 1_000) } : {}),
      ...(thumbnail ? { thumbnail: thumbnail.toString('base64') } : {}),
    };
  }

  /** Undefined when it cannot be had: the words are worth showing without. */
  async #picture(line: PageLine, image: string, page: URL): Promise<Buffer | undefined> {
    try {
      const { response } = await ask(line, new URL(image, page), 'image/jpeg, image/png, image/webp, image/gif');
      if (!typeOf(response)?.startsWith('image/')) return void response.destroy();
      const { bytes, whole } = await beginningOf(response, PICTURE_BYTES);
      return whole ? await thumbnailOf(bytes) : undefined;
    } catch {
      return undefined;
    }
  }
}

export const openPreviews = (allowed: readonly string[] = []): PreviewMaker =>
  new PreviewMaker({ addresses: new Addresses(allowed), places: new Places(AT_ONCE) });
