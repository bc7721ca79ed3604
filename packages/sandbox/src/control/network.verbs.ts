import type { Faults } from '../faults/faults.js';
import type { Link } from './contract.js';
import { ControlError } from './error.js';
import type { Controlled, Verbs } from './verbs.js';

type NetworkVerb =
  | 'status'
  | 'counts'
  | 'changes'
  | 'listFaults'
  | 'setFault'
  | 'clearFault'
  | 'clearFaults'
  | 'getLink'
  | 'setLink'
  | 'drop'
  | 'setListening'
  | 'loseMedia';

export function networkVerbs({ population, network }: Controlled): Pick<Verbs, NetworkVerb> {
  const { changes } = population;
  const { faults } = network;
  return {
    status: () => ({
      url: network.url,
      rootKey: Buffer.from(network.rootKey).toString('hex'),
      phones: population.phones.length,
      people: population.people.length,
    }),
    counts: () => network.counts(),
    changes: async ({ input, signal }) => {
      await changes.until(() => changes.revision > input.after, input.waitMs, signal);
      return { revision: changes.revision };
    },

    listFaults: () => faults.list(),
    setFault: ({ input }) => {
      const id = faults.set(input);
      changes.announce();
      // One that struck at once, and for the last time, stands no more.
      return faults.list().find((fault) => fault.id === id) ?? { ...input, id, struck: input.count ?? 0 };
    },
    clearFault: ({ id }) => {
      if (!faults.clear(id)) throw new ControlError('not_found', `no fault ${id} is set`);
      changes.announce();
    },
    clearFaults: () => {
      faults.clear();
      changes.announce();
    },

    getLink: () => faults.latency(undefined),
    setLink: ({ input }) => {
      setLink(faults, input);
      changes.announce();
      return faults.latency(undefined);
    },

    drop: ({ input }) => ({ dropped: network.dropConnections(input.account) }),
    loseMedia: () => ({ lost: network.media.lose() }),
    setListening: async ({ input }) => {
      await network.setListening(input.listening);
      return input;
    },
  };
}

/** The link of everybody is a latency fault for any account; faults for one account come on top. */
function setLink(faults: Faults, link: Link): void {
  for (const { id, account, effect } of faults.list()) {
    if (account === 'any' && effect.kind === 'latency') faults.clear(id);
  }
  if (link.latencyMs + link.jitterMs > 0) faults.set({ effect: { kind: 'latency', ...link } });
}
