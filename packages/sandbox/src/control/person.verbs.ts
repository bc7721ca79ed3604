import { lookAt, setAbout, setPicture } from '../people/appearance.js';
import type { Call, Controlled, Verbs } from './verbs.js';
import { personView, pictureView, seenView, sentView } from './views.js';

type PersonVerb =
  | 'listPeople'
  | 'createPerson'
  | 'getPerson'
  | 'changePerson'
  | 'write'
  | 'sendMedia'
  | 'say'
  | 'show'
  | 'appear'
  | 'call'
  | 'answered'
  | 'shown'
  | 'react'
  | 'getPicture'
  | 'setPicture'
  | 'look'
  | 'read'
  | 'seen'
  | 'sent'
  | 'failures';

interface Page {
  after: number;
  waitMs: number;
  limit: number;
}

export function personVerbs({ population }: Controlled): Pick<Verbs, PersonVerb> {
  /** Waits until there is more than the caller knows. */
  const page = async <T extends { n: number }>(call: Call<Page>, count: () => number, list: () => T[]) => {
    const { after, waitMs } = call.input;
    await population.changes.until(() => count() > after, waitMs, call.signal);
    const items = list();
    return { items, next: items.at(-1)?.n ?? after };
  };

  return {
    listPeople: () => population.people.map(personView),
    createPerson: async ({ input }) => personView(await population.createPerson(input)),
    getPerson: ({ user }) => personView(population.find(user)),
    changePerson: async ({ user, input }) => {
      const person = population.find(user);
      const { name, about, rule, addressing, online, newPhone } = input;
      if (name !== undefined) person.rename(name);
      if (about !== undefined) await setAbout(person, about);
      person.change({ ...(rule && { rule }), ...(addressing && { addressing }) });
      if (newPhone) await person.changePhone();
      if (online !== undefined) await person.setOnline(online);
      return personView(person);
    },
    write: ({ user, input }) => population.find(user).outbound.write(input.to, input.text, input.quote),
    sendMedia: ({ user, input }) => population.find(user).outbound.sendMedia(input),
    say: ({ user, input }) => population.find(user).outbound.say(input.to, input.content),
    show: async ({ user, input }) => {
      await population.find(user).gestures.show(input.to, input.doing);
    },
    appear: async ({ user, input }) => {
      await population.find(user).gestures.appear(input.online);
    },
    call: ({ user, input }) => population.find(user).gestures.call(input),
    answered: ({ user }) => population.find(user).gestures.answered,
    shown: ({ user }) => population.find(user).gestures.shown,
    react: ({ user, input }) => population.find(user).outbound.react(input.messageId, input.emoji),
    getPicture: ({ user }) => pictureView(population.find(user)),
    setPicture: async ({ user, input }) => {
      const person = population.find(user);
      await setPicture(person, input.jpeg === null ? null : Buffer.from(input.jpeg, 'base64'));
      return pictureView(person);
    },
    look: ({ user, input }) => lookAt(population.find(user), input.at),
    read: async ({ user, input }) => {
      await population.find(user).answers.read(input.messageIds);
    },
    seen: (call) => {
      const { notebook } = population.find(call.user);
      const { after, limit } = call.input;
      const list = () => notebook.seenAfter(after, limit).map(seenView);
      return page(call, () => notebook.counts.seen, list);
    },
    sent: (call) => {
      const { notebook } = population.find(call.user);
      const { after, limit } = call.input;
      const list = () => notebook.sentAfter(after, limit).map(sentView);
      return page(call, () => notebook.counts.sent, list);
    },
    failures: (call) => {
      const { notebook } = population.find(call.user);
      const { after, limit } = call.input;
      return page(
        call,
        () => notebook.failureCount,
        () => notebook.failuresAfter(after, limit),
      );
    },
  };
}
