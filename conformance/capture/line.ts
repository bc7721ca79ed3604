import type { CapturedNode, Node } from '@trunkline/sandbox';

/** `C` is from the client, `S` from the server. */
export interface Line {
  connection: number;
  text: string;
  node: Node;
}

/** One node as a line: who, tag, the attributes that say what kind it is, and the tags of two levels of children. */
export function toLine({ connection, direction, node }: CapturedNode): Line {
  return { connection, text: `${direction === 'in' ? 'C' : 'S'} ${describe(node)}`, node };
}

const KINDS = ['class', 'type', 'xmlns', 'category', 'code'] as const;

export function describe(node: Node): string {
  const { attrs, tag } = node;
  const kind = KINDS.map((name) => attrs[name]).filter((value) => value !== undefined);
  const inside = listed(childrenOf(node), (child) => child.tag + nested(child));
  return [tag, ...kind].join(' ') + (inside && `: ${inside}`);
}

export const childrenOf = (node: Node | undefined): Node[] => (Array.isArray(node?.content) ? node.content : []);

/** The first child of that tag; of its first such child with more tags. */
export function at(node: Node, ...tags: string[]): Node {
  return tags.reduce((parent, tag) => {
    const found = childrenOf(parent).find((child) => child.tag === tag);
    if (!found) throw new Error(`<${parent.tag}> has no <${tag}>`);
    return found;
  }, node);
}

function nested(node: Node): string {
  const inside = listed(childrenOf(node), ({ tag }) => tag);
  return inside && `(${inside})`;
}

/** Neighbours that look alike are counted. */
function listed(nodes: Node[], name: (node: Node) => string): string {
  const runs: { text: string; times: number }[] = [];
  for (const text of nodes.map(name)) {
    const last = runs.at(-1);
    if (last?.text === text) last.times += 1;
    else runs.push({ text, times: 1 });
  }
  return runs.map(({ text, times }) => (times > 1 ? `${text}×${times}` : text)).join(' ');
}
