/** What each route of the control API does. The verbs themselves are by noun: phones, people, groups, the network. */
import type { z } from 'zod';
import type { Network } from '../network/network.js';
import type { Population } from '../people/population.js';
import { groupVerbs } from './group.verbs.js';
import { networkVerbs } from './network.verbs.js';
import { personVerbs } from './person.verbs.js';
import { phoneVerbs } from './phone.verbs.js';
import { postVerbs } from './post.verbs.js';
import type { RouteName, routes } from './routes.js';

export interface Call<Input> {
  /** From the path; empty when the path names nobody. */
  user: string;
  id: string;
  input: Input;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

type Input<N extends RouteName> = z.output<(typeof routes)[N]['input']>;
type Output<N extends RouteName> = z.output<(typeof routes)[N]['output']>;
export type Verbs = { [N in RouteName]: (call: Call<Input<N>>) => Output<N> | Promise<Output<N>> };
export type AnyVerb = (call: Call<unknown>) => unknown;

/** What the verbs work on. */
export interface Controlled {
  population: Population;
  network: Network;
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createVerbs(sandbox: Controlled): Verbs {
  return {
    ...networkVerbs(sandbox),
    ...phoneVerbs(sandbox),
    ...personVerbs(sandbox),
    ...groupVerbs(sandbox),
    ...postVerbs(sandbox),
  };
}
