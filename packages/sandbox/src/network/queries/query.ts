import type { Node } from '../../protocol/node.js';
import type { Device } from '../directory.js';
import type { Services } from '../services.js';

/** A query of a linked device, remote or local. The answer is the content of `<iq type=result>`. */
export interface Query {
  device: Device;
  iq: Node;
  services: Services;
}

export type Answer = Node[] | undefined;
export type QueryHandler = (query: Query) => Answer;

/** Becomes `<iq type=error><error code text/></iq>`. */
export class QueryError extends Error {
  constructor(
    readonly code: number,
    readonly text: string,
  ) {
    super(`${code} ${text}`);
  }
}
