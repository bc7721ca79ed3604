import type { Network, Reason } from '@trunkline/contracts';

/** What workers count. `deaf`: connections that were open and answered no query; `reconnects`: connections lost, by reason. */
export interface Counted {
  deaf: '';
  reconnects: Reason;
}
export type CounterName = keyof Counted;

export interface Count {
  network: Network;
  name: CounterName;
  label: string;
  value: number;
}

/** Counts one more. */
export type CountOne = <N extends CounterName>(name: N, label: Counted[N]) => void;
