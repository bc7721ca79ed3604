/** What a page says of itself: Open Graph's words first, then its own title and description. Nothing in it is run. */

export interface PageWords {
  title?: string;
  description?: string;
  /** Of a picture; may be relative. */
  image?: string;
}

const TITLES = ['og:title', 'twitter:title', 'title'];
const DESCRIPTIONS = ['og:description', 'twitter:description', 'description'];
const IMAGES = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'];

export async function readPage(html: string): Promise<PageWords> {
  const { Parser } = await import('htmlparser2');
  const said = new Map<string, string>();
  const say = (name: string | undefined, value: string | undefined): void => {
    const [key, text] = [name?.trim().toLowerCase(), value?.replace(/\s+/g, ' ').trim()];
    if (key && text && !said.has(key)) said.set(key, text);
  };
  let title: string | undefined;
  const parser = new Parser({
    onopentag: (tag, { property, name, content }) => {
      if (tag === 'meta') say(property ?? name, content);
      // A picture in the page may have a title of its own.
      if (tag === 'title' && !said.has('title')) title = '';
    },
    ontext: (text) => {
      if (title !== undefined) title += text;
    },
    onclosetag: (tag) => {
      if (tag !== 'title') return;
      say('title', title);
      title = undefined;
    },
  });
  parser.end(html);
  const first = (names: string[]): string | undefined => names.map((name) => said.get(name)).find(Boolean);
  const words = { title: first(TITLES), description: first(DESCRIPTIONS), image: first(IMAGES) };
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined)) as PageWords;
}

const IN_PAGE = /<meta[^>]+charset=["']?([\w-]+)/i;

/** By the answer's own word, or the page's; UTF-8 where both are silent or name nothing that is known. */
export function decodePage(bytes: Uint8Array, contentType = ''): string {
  const told = /charset=["']?([\w-]+)/i.exec(contentType)?.[1];
  const written = IN_PAGE.exec(Buffer.from(bytes.subarray(0, 2_048)).toString('latin1'))?.[1];
  try {
    return new TextDecoder(told ?? written ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
