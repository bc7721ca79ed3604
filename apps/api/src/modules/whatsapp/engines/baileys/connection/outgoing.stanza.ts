/**
 * What Baileys sends, for a trace. Its queries leave by a function that nobody outside can reach; what it does tell is its
 * logger, at level `trace`, in the shape of `binaryNodeToString`: `<tag name='value' …>` or `…/>`, children and bytes (hex) on lines of
 * their own. Read here again; the values are masked by who records them, so a name with a quote in it can spoil no more
 * than its own line.
 */
import type { Stanza } from '../../trace/redacted.js';

const TOKEN = /<\/([\w:.-]+)>|<([\w:.-]+) ((?:[\w:.-]+='(?:[^']|'(?![ />]))*' ?)*)(\/?)>|([^<>\s]+)/g;
const ATTRIBUTE = /([\w:.-]+)='((?:[^']|'(?![ />]))*)'/g;

/** Undefined when it is nothing of the kind. */
export function readOutgoing(xml: string): Stanza | undefined {
  const root: Stanza = { tag: '', attrs: {}, content: [] };
  const open: Stanza[] = [root];
  for (const [, closed, tag, attributes, empty, text] of xml.matchAll(TOKEN)) {
    const parent = open.at(-1)!;
    if (closed) open.length = Math.max(1, open.length - 1);
    else if (tag) {
      const stanza: Stanza = { tag, attrs: attributesOf(attributes ?? '') };
      parent.content = [...(Array.isArray(parent.content) ? parent.content : []), stanza];
      if (!empty) open.push(stanza);
    } else if (text && parent !== root && !Array.isArray(parent.content)) parent.content = bytesOf(text);
  }
  const [first] = root.content as Stanza[];
  return first;
}

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!, value!]));

const bytesOf = (text: string): Uint8Array | string =>
  /^(?:[0-9a-f]{2})+$/.test(text) ? Buffer.from(text, 'hex') : text;
