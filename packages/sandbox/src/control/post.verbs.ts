import { newMessageId } from '../people/message.id.js';
import { ControlError } from './error.js';
import type { Controlled, Verbs } from './verbs.js';

type PostVerb = 'postStatus' | 'listChannels' | 'createChannel' | 'postInChannel';

export function postVerbs({ population, network, now }: Controlled): Pick<Verbs, PostVerb> {
  const lidOf = (user: string): string => population.find(user).profile.lid;

  return {
    postStatus: ({ user, input }) => population.find(user).outbound.postStatus(input.to, input),
    listChannels: () => network.channels.all(),
    createChannel: ({ input }) => {
      const made = network.channels.create(input.name, input.followers.map(lidOf));
      population.changes.announce();
      return made;
    },
    postInChannel: ({ id, input }) => {
      const posted = { id: newMessageId(), at: now() };
      if (!network.channels.post(id, posted.id, input.text)) throw new ControlError('not_found', `no channel ${id}`);
      return posted;
    },
  };
}
