import type { FaultEffect, FaultKind } from '../faults/fault.js';
import { node, type Node } from '../protocol/node.js';
import type { Connection } from './connection.js';

/** What can go wrong between the ClientHello and the ServerHello. */
export const helloEffects = ['no-server-hello', 'bad-certificate', 'close', 'reset'] as const;

/** What can happen to a connection as a whole, once it is encrypted. */
export const connectionEffects = [
  'failure',
  'stream-error',
  'end-stream',
  'close',
  'reset',
  'black-hole',
  'half-open',
  'deaf',
  'garbage-frame',
] as const satisfies FaultKind[];
export type ConnectionEffect = (typeof connectionEffects)[number];

type Effect = Extract<FaultEffect, { kind: ConnectionEffect }>;
type Of<K extends ConnectionEffect> = Extract<Effect, { kind: K }>;

const commits: { [K in ConnectionEffect]: (connection: Connection, effect: Of<K>) => void } = {
  failure: (connection, effect) => connection.closeWith(failure(effect.reason, effect.attributes)),
  'stream-error': (connection, effect) => connection.closeWith(streamError(effect)),
  'end-stream': (connection) => connection.closeWith(node('xmlstreamend')),
  close: (connection, effect) => connection.close(effect.code),
  reset: (connection) => connection.reset(),
  'black-hole': (connection) => connection.becomeBlackHole(),
  'half-open': (connection) => connection.becomeHalfOpen(),
  deaf: (connection) => void (connection.deaf = true),
  'garbage-frame': (connection) => connection.sendRaw(crypto.getRandomValues(new Uint8Array(64))),
};

export function commit<K extends ConnectionEffect>(connection: Connection, effect: Of<K>): void {
  connection.services.counts.add(`faults:${effect.kind}`);
  const work = commits[effect.kind as K] as (connection: Connection, effect: Of<K>) => void;
  work(connection, effect);
}

export function failure(reason?: number, attributes: Record<string, string> = {}): Node {
  return node('failure', { reason: reason?.toString(), ...attributes });
}

export function streamError({ code, conflict, child }: Omit<Of<'stream-error'>, 'kind'>): Node {
  const inner = conflict ? node('conflict', { type: conflict }) : child ? node(child) : undefined;
  return node('stream:error', { code: code?.toString() }, inner && [inner]);
}
