/** What the server sends, for a trace. */
import type { BinaryNode, WASocket } from 'baileys';
import type { Stanza } from '../../trace/redacted.js';
import type { StanzaTrace } from '../../trace/stanza.trace.js';

export function hearStanzas(client: WASocket['ws'], trace: StanzaTrace): void {
  client.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (trace.on && !(frame instanceof Uint8Array)) trace.heard('in', frame as Stanza);
  });
}
