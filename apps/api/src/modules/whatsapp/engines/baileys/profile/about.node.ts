/** What somebody says about themselves, in the one query that also asks for devices (protocol.md B.6). */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import { SERVER } from '../connection/wire.js';

export function aboutQuery(jid: string, sid: string): BinaryNode {
  const content: BinaryNode[] = [
    { tag: 'query', attrs: {}, content: [{ tag: 'status', attrs: {} }] },
    { tag: 'list', attrs: {}, content: [{ tag: 'user', attrs: { jid }, content: [] }] },
  ];
  const attrs = { context: 'interactive', mode: 'query', sid, last: 'true', index: '0' };
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'get', xmlns: 'usync' },
    content: [{ tag: 'usync', attrs, content }],
  };
}

/** Empty also where it is hidden. */
export function aboutIn(answer: BinaryNode): string {
  const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list');
  return textIn(getBinaryNodeChild(getBinaryNodeChild(list, 'user'), 'status'));
}

/** The codec gives short texts back as text, and long ones as bytes. */
export function textIn(node: BinaryNode | undefined): string {
  const { content } = node ?? {};
  if (content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  return typeof content === 'string' ? content : '';
}
