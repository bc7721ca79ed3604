/** The shape of a binary node, and how its parts are read. Attribute values are strings, always (protocol.md B.3). */
export interface Node {
  tag: string;
  attrs: Record<string, string>;
  content?: Node[] | Uint8Array | string;
}

/** Attributes that are undefined are left out, so that optional ones can be written in place. */
export function node(
  tag: string,
  attrs: Record<string, string | undefined> = {},
  content?: Node[] | Uint8Array | string,
): Node {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) present[name] = value;
  return content === undefined ? { tag, attrs: present } : { tag, attrs: present, content };
}

export function children(parent: Node | undefined, tag?: string): Node[] {
  const all = Array.isArray(parent?.content) ? parent.content : [];
  return tag === undefined ? all : all.filter((each) => each.tag === tag);
}

export function child(parent: Node | undefined, tag: string): Node | undefined {
  return children(parent, tag)[0];
}

/** A codec may give back short texts as bytes and short bytes as text; these two read either. */
export function bytesOf(from: Node | undefined): Uint8Array | undefined {
  const content = from?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  return typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
}

export function textOf(from: Node | undefined): string | undefined {
  const content = from?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
}
