import { changeGroup } from '../people/group.changes.js';
import { ControlError } from './error.js';
import type { Controlled, Verbs } from './verbs.js';

type GroupVerb = 'listGroups' | 'createGroup' | 'changeGroup';

export function groupVerbs({ population, network }: Controlled): Pick<Verbs, GroupVerb> {
  const group = (id: string) => {
    const found = network.groups().find((each) => each.id === id);
    if (!found) throw new ControlError('not_found', `no group ${id}`);
    return found;
  };

  return {
    listGroups: () => network.groups(),
    createGroup: ({ input }) => {
      const { creator, participants, subject, addressing = 'pn' } = input;
      for (const member of [creator, ...participants]) population.find(member);
      const id = network.createGroup({ subject, creator, participants, addressing });
      population.changes.announce();
      return group(id);
    },
    changeGroup: async ({ id, input }) => {
      await changeGroup(population.find(input.by ?? group(id).creator), id, input);
      population.changes.announce();
      return group(id);
    },
  };
}
