/** One stanza as a line: tag, the attributes that say what kind it is, and the tags of two levels of children. */
export interface Described {
  tag: string;
  attrs: Record<string, string | undefined>;
  content?: unknown;
}

const KINDS = ['class', 'type', 'xmlns', 'category', 'code'] as const;

export function describe(node: Described): string {
  const { attrs, tag } = node;
  const kind = KINDS.map((name) => attrs[name]).filter((value) => value !== undefined);
  const inside = listed(childrenOf(node), (child) => child.tag + nested(child));
  return [tag, ...kind].join(' ') + (inside && `: ${inside}`);
}

export const childrenOf = <N extends Described>(node: N | undefined): N[] =>
  Array.isArray(node?.content) ? (node.content as N[]) : [];

function nested(node: Described): string {
  const inside = listed(childrenOf(node), ({ tag }) => tag);
  return inside && `(${inside})`;
}

/** Neighbours that look alike are counted. */
function listed(nodes: Described[], name: (node: Described) => string): string {
  const runs: { text: string; times: number }[] = [];
  for (const text of nodes.map(name)) {
    const last = runs.at(-1);
    if (last?.text === text) last.times += 1;
    else runs.push({ text, times: 1 });
  }
  return runs.map(({ text, times }) => (times > 1 ? `${text}×${times}` : text)).join(' ');
}
