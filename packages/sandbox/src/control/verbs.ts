/** What each route of the control API does. */
import type { z } from 'zod';
import type { Faults } from '../faults/faults.js';
import type { SandboxNetwork } from '../network/device.js';
import { changeGroup } from '../people/group.changes.js';
import type { Population } from '../people/population.js';
import type { Ban, CreateBan, Link } from './contract.js';
import { ControlError } from './error.js';
import type { RouteName, routes } from './routes.js';
import { personView, phoneView, seenView, sentView } from './views.js';

export interface Call<Input> {
  /** From the path; empty when the path names nobody. */
  user: string;
  id: string;
  input: Input;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

type Output<N extends RouteName> = z.output<(typeof routes)[N]['output']>;
export type Verbs = {
  [N in RouteName]: (call: Call<z.output<(typeof routes)[N]['input']>>) => Output<N> | Promise<Output<N>>;
};
export type AnyVerb = (call: Call<unknown>) => unknown;

export interface Controlled {
  population: Population;
  network: SandboxNetwork;
  faults: Faults;
  url: string;
  /** hex. */
  rootKey: string;
  now: () => number;
}

interface Page {
  after: number;
  waitMs: number;
  limit: number;
}

export function createVerbs(sandbox: Controlled): Verbs {
  const { population, network, faults } = sandbox;
  const { changes } = population;
  const page = async <T extends { n: number }>(call: Call<Page>, count: () => number, list: (page: Page) => T[]) => {
    const { after, waitMs } = call.input;
    await changes.until(() => count() > after, waitMs, call.signal);
    const items = list(call.input);
    return { items, next: items.at(-1)?.n ?? after };
  };
  const group = (id: string) => {
    const found = network.groups().find((each) => each.id === id);
    if (!found) throw new ControlError('not_found', `no group ${id}`);
    return found;
  };

  return {
    status: () => ({
      url: sandbox.url,
      rootKey: sandbox.rootKey,
      phones: population.phones.length,
      people: population.people.length,
    }),
    counts: () => network.counts(),
    changes: async ({ input, signal }) => {
      await changes.until(() => changes.revision > input.after, input.waitMs, signal);
      return { revision: changes.revision };
    },

    listPhones: () => population.phones.map(phoneView),
    createPhone: async ({ input }) => phoneView(await population.createPhone(input)),
    getPhone: ({ user }) => phoneView(population.phone(user)),
    changePhone: async ({ user, input }) => {
      const phone = population.phone(user);
      if (input.online) await phone.person.setOnline(true);
      if (input.pushName !== undefined) await phone.setPushName(input.pushName);
      if (input.online === false) await phone.person.setOnline(false);
      return phoneView(phone);
    },
    scan: async ({ user, input }) => ({ device: await population.phone(user).scan(input.qr, input) }),
    typeCode: async ({ user, input }) => ({ device: await population.phone(user).typeCode(input.code, input) }),
    unlink: ({ user, input }) => {
      const phone = population.phone(user);
      phone.unlink(input.device);
      return phoneView(phone);
    },
    ban: ({ user, input }) => {
      const phone = population.phone(user);
      phone.setBan(banOf(input, sandbox.now()));
      return phoneView(phone);
    },
    liftBan: ({ user }) => {
      const phone = population.phone(user);
      phone.setBan(null);
      return phoneView(phone);
    },
    changeNumber: ({ user, input }) => {
      const phone = population.phone(user);
      phone.changeNumber(input.number ?? population.freeNumber());
      return phoneView(phone);
    },

    listPeople: () => population.people.map(personView),
    createPerson: async ({ input }) => personView(await population.createPerson(input)),
    getPerson: ({ user }) => personView(population.find(user)),
    changePerson: async ({ user, input }) => {
      const person = population.find(user);
      const { name, rule, addressing, online } = input;
      if (name !== undefined) person.rename(name);
      person.change({ ...(rule && { rule }), ...(addressing && { addressing }) });
      if (online !== undefined) await person.setOnline(online);
      return personView(person);
    },
    write: ({ user, input }) => population.find(user).outbound.write(input.to, input.text, input.quote),
    react: ({ user, input }) => population.find(user).outbound.react(input.messageId, input.emoji),
    read: async ({ user, input }) => {
      await population.find(user).answers.read(input.messageIds);
    },
    seen: (call) => {
      const { notebook } = population.find(call.user);
      return page(
        call,
        () => notebook.counts.seen,
        ({ after, limit }) => notebook.seenAfter(after, limit).map(seenView),
      );
    },
    sent: (call) => {
      const { notebook } = population.find(call.user);
      return page(
        call,
        () => notebook.counts.sent,
        ({ after, limit }) => notebook.sentAfter(after, limit).map(sentView),
      );
    },
    failures: (call) => {
      const { notebook } = population.find(call.user);
      return page(
        call,
        () => notebook.failureCount,
        ({ after, limit }) => notebook.failuresAfter(after, limit),
      );
    },

    listGroups: () => network.groups(),
    createGroup: ({ input }) => {
      const { creator, participants, subject, addressing = 'pn' } = input;
      for (const member of [creator, ...participants]) population.find(member);
      const id = network.createGroup({ subject, creator, participants, addressing });
      changes.announce();
      return group(id);
    },
    changeGroup: async ({ id, input }) => {
      await changeGroup(population.find(input.by ?? group(id).creator), id, input);
      changes.announce();
      return group(id);
    },

    listFaults: () => faults.list(),
    setFault: ({ input }) => {
      const id = faults.set(input);
      changes.announce();
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
  };
}

function banOf(input: CreateBan, now: number): Ban {
  return input.kind === 'final' ? input : { kind: 'temporary', until: now + input.seconds * 1000 };
}

/** The link of everybody is a latency fault for any account; faults for one account come on top. */
function setLink(faults: Faults, link: Link): void {
  for (const { id, account, effect } of faults.list()) {
    if (account === 'any' && effect.kind === 'latency') faults.clear(id);
  }
  if (link.latencyMs + link.jitterMs > 0) faults.set({ effect: { kind: 'latency', ...link } });
}
