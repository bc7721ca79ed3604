import { randomBytes } from 'node:crypto';
import type { AttachedDevice } from '../network/device.js';
import { child, type Node } from '../protocol/node.js';

/** The network refused a query. */
export class QueryError extends Error {
  override name = 'QueryError';

  constructor(
    readonly code: number,
    text: string,
  ) {
    super(`${code} ${text}`);
  }
}

/** Sends an `iq` with an id of its own; rejects with `QueryError` when the answer is an error. */
export async function ask(line: AttachedDevice, iq: Node): Promise<Node> {
  const id = randomBytes(8).toString('hex');
  const answer = await line.query({ ...iq, attrs: { ...iq.attrs, id } });
  const error = child(answer, 'error');
  if (answer.attrs.type === 'error') throw new QueryError(Number(error?.attrs.code ?? 500), error?.attrs.text ?? '');
  return answer;
}
