/** An HTTP answer other than 101: Baileys listens for it, and so switches off what `ws` would do (protocol.md S10). */
import type { IncomingMessage } from 'node:http';
import type { WASocket } from 'baileys';
import { closingOfUpgrade, type Closing } from '../reasons.js';

export function watchUpgrade(client: WASocket['ws'], refused: (closing: Closing) => void): void {
  client.on('unexpected-response', (_request: unknown, response: IncomingMessage) => {
    response.resume();
    refused(closingOfUpgrade(response.statusCode ?? 0, response.headers['retry-after']));
  });
}
