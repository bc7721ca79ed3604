/** Tells a stanza under the names by which Baileys and we listen for it: the answer to a query, then its tag, attributes and first child. */
import type { BinaryNode, WASocket } from 'baileys';

export function dispatch(client: WASocket['ws'], node: BinaryNode): void {
  const { tag, attrs, content } = node;
  client.emit('frame', node);
  client.emit(`TAG:${attrs.id}`, node);
  const child = Array.isArray(content) ? content[0]?.tag : '';
  for (const [key, value] of Object.entries(attrs)) {
    client.emit(`CB:${tag},${key}:${value},${child}`, node);
    client.emit(`CB:${tag},${key}:${value}`, node);
    client.emit(`CB:${tag},${key}`, node);
  }
  client.emit(`CB:${tag},,${child}`, node);
  client.emit(`CB:${tag}`, node);
}
