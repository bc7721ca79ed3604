/** What the server sends, for a trace. */
import type { BinaryNode, WASocket } from 'baileys';
import type { Stanza } from '../../trace/redacted.js';
import type { StanzaTrace } from '../../trace/stanza.trace.js';

export function hearStanzas(client: WASocket['ws'], trace: StanzaTrace): void {
  client.on('frame', (node: BinaryNode) => {
    if (trace.on) trace.heard('in', node as Stanza);
  });
}
