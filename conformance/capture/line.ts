import type { CapturedNode, Node } from '@trunkline/sandbox';
import { childrenOf as children, describe } from '../../apps/api/src/modules/whatsapp/engines/trace/describe.js';

export { describe };

/** `C` is from the client, `S` from the server. */
export interface Line {
  connection: number;
  text: string;
  node: Node;
}

/** One node as a line, in the notation of `npm run trace`. */
export function toLine({ connection, direction, node }: CapturedNode): Line {
  return { connection, text: `${direction === 'in' ? 'C' : 'S'} ${describe(node)}`, node };
}

export const childrenOf = (node: Node | undefined): Node[] => children(node);

/** The first child of that tag; of its first such child with more tags. */
export function at(node: Node, ...tags: string[]): Node {
  return tags.reduce((parent, tag) => {
    const found = childrenOf(parent).find((child) => child.tag === tag);
    if (!found) throw new Error(`<${parent.tag}> has no <${tag}>`);
    return found;
  }, node);
}
