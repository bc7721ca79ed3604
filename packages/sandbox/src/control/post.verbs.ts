import { stanzaType } from '../people/content.js';
import { uploadClear } from '../people/media.js';
import { newMessageId } from '../people/message.id.js';
import { message as messageCodec } from '../signal/message.proto.js';
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
    postInChannel: async ({ id, input }) => {
      const { channels } = network;
      if ('remove' in input) return found(channels.remove(id, input.remove), id, { id: input.remove, at: now() });
      const message = 'text' in input ? { conversation: input.text } : await uploadClear(network.media, input.file);
      const letter = { type: stanzaType(message), payload: messageCodec.encode(message) };
      if (input.edit) return found(channels.edit(id, input.edit, letter), id, { id: input.edit, at: now() });
      const posted = { id: newMessageId(), at: now() };
      return found(channels.post(id, posted.id, letter), id, posted);
    },
  };
}

function found<T>(there: boolean, channel: string, answer: T): T {
  if (!there) throw new ControlError('not_found', `no channel ${channel}, or no such post in it`);
  return answer;
}
