import { randomBytes } from 'node:crypto';
import type { AttachedDevice } from '../network/device.js';
import { child, type Node } from '../protocol/node.js';
import { Refusal } from './refusal.js';

/** Sends an `iq` with an id of its own; rejects with `Refusal` when the answer is an error. */
export async function ask(line: AttachedDevice, iq: Node): Promise<Node> {
  const id = randomBytes(8).toString('hex');
  const answer = await line.query({ ...iq, attrs: { ...iq.attrs, id } });
  if (answer.attrs.type === 'error') throw refusalOf(child(answer, 'error'));
  return answer;
}

function refusalOf(error: Node | undefined): Refusal {
  const { code = '500', text = '' } = error?.attrs ?? {};
  return new Refusal(code === '404' ? 'not_found' : 'conflict', `the network says ${code} ${text}`);
}
