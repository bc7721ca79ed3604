import type { Node } from '../protocol/node.js';
import type { Connection } from './connection.js';
import type { Device } from './directory.js';
import { answerQuery, errorAnswer } from './queries/index.js';

/** The answer to a query, unless a fault takes it away or makes it an error. Pings are answered also by the deaf. */
export function answerFaultily(connection: Connection, device: Device, iq: Node): Node | undefined {
  const { services, phase } = connection;
  const { xmlns = 'none' } = iq.attrs;
  if (xmlns === 'w:p' || xmlns === 'urn:xmpp:ping') return pong(connection, answerQuery({ device, iq, services }));
  if (connection.deaf) return undefined;
  const effect = services.faults.strike({ account: device.user.pn, phase, xmlns }, ['unanswered', 'refuse-query']);
  if (!effect) return answerQuery({ device, iq, services });
  services.counts.add(`faults:${effect.kind}`);
  if (effect.kind === 'unanswered') return undefined;
  return errorAnswer(iq, effect.code, effect.text ?? 'refused');
}

/** `send` is silent on a deaf connection; this one stanza passes. */
function pong(connection: Connection, answer: Node): undefined {
  connection.sendEvenDeaf(answer);
  return undefined;
}
