/**
 * A stanza without what is anybody's: no number, id, name, text or key is left. Tags and the names of attributes stay, and
 * the values of the few attributes that are words of the protocol; of all else how it was built.
 */
export interface Redacted {
  tag: string;
  attrs: Record<string, string>;
  /** Children, or how many bytes there were. */
  content?: Redacted[] | { bytes: number };
}

export interface Stanza {
  tag: string;
  attrs: Record<string, string | undefined>;
  content?: Stanza[] | Uint8Array | string | undefined;
}

const WORDS = new Set([
  ...['class', 'type', 'xmlns', 'category', 'code', 'stage', 'edit', 'addressing_mode', 'mode', 'context', 'count'],
  ...['v', 'offline', 'version', 'reason', 'action', 'mediatype', 'index', 'last', 'protocol', 'passive', 'platform'],
]);
const WORD = /^(?!\d{7,})[a-z0-9_:.-]{1,40}$/i;
const ADDRESS = /^[^@]*@([a-z.]+)$/;

export function redacted({ tag, attrs, content }: Stanza): Redacted {
  const named = Object.entries(attrs).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const masked = Object.fromEntries(named.map(([name, value]) => [name, mask(name, value)]));
  if (Array.isArray(content)) return { tag, attrs: masked, content: content.map(redacted) };
  return content === undefined ? { tag, attrs: masked } : { tag, attrs: masked, content: { bytes: content.length } };
}

function mask(name: string, value: string): string {
  if (WORDS.has(name)) return WORD.test(value) ? value : '…';
  const domain = ADDRESS.exec(value)?.[1];
  return domain ? `…@${domain}` : '…';
}
