/** The message stanza, and the last look at it before it leaves. */
import { getAllBinaryNodeChildren, getBinaryNodeChild, type BinaryNode } from 'baileys';
import { SendFailure } from './send.failure.js';

export interface StanzaParts {
  id: string;
  to: string;
  attrs: Record<string, string>;
  content: (BinaryNode | null)[];
}

export const messageStanza = ({ id, to, attrs, content }: StanzaParts): BinaryNode => ({
  tag: 'message',
  attrs: { id, to, ...attrs },
  content: content.filter((node) => node !== null),
});

export const participantsNode = (nodes: BinaryNode[]): BinaryNode | null =>
  nodes.length > 0 ? { tag: 'participants', attrs: {}, content: nodes } : null;

/** A stanza that nobody can read is taken by the server without a word, and lost (protocol.md S4). */
export function assertReadable(stanza: BinaryNode): void {
  const participants = getBinaryNodeChild(stanza, 'participants');
  const hasReader = participants ? getAllBinaryNodeChildren(participants).length > 0 : false;
  if (!hasReader && !getBinaryNodeChild(stanza, 'enc'))
    throw new SendFailure('no_session', 'nobody could have read it');
}
