import type { Ban, CreateBan } from './contract.js';
import { setAbout } from '../people/appearance.js';
import type { Controlled, Verbs } from './verbs.js';
import { phoneView } from './views.js';

type PhoneVerb =
  | 'listPhones'
  | 'createPhone'
  | 'getPhone'
  | 'changePhone'
  | 'scan'
  | 'typeCode'
  | 'unlink'
  | 'ban'
  | 'liftBan'
  | 'changeNumber'
  | 'tellLimit'
  | 'sendDirty'
  | 'phoneChats'
  | 'markChat'
  | 'starMessage';

export function phoneVerbs({ population, network, now }: Controlled): Pick<Verbs, PhoneVerb> {
  return {
    listPhones: () => population.phones.map(phoneView),
    createPhone: async ({ input }) => phoneView(await population.createPhone(input)),
    getPhone: ({ user }) => phoneView(population.phone(user)),
    changePhone: async ({ user, input }) => {
      const phone = population.phone(user);
      // An offline phone renames nothing: it goes online before, and offline after.
      if (input.online) await phone.person.setOnline(true);
      if (input.pushName !== undefined) await phone.setPushName(input.pushName);
      if (input.about !== undefined) await setAbout(phone.person, input.about);
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
      phone.setBan(banOf(input, now()));
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
    tellLimit: ({ user, input }) => {
      network.tellLimit(population.phone(user).person.profile.number, input);
    },
    phoneChats: ({ user }) => population.phone(user).marked,
    markChat: async ({ user, input }) => {
      const phone = population.phone(user);
      await phone.markChat(input);
      return phone.marked;
    },
    starMessage: async ({ user, input }) => {
      const phone = population.phone(user);
      await phone.star(input.messageId, input.starred);
      return phone.marked;
    },
    sendDirty: ({ user, input }) => {
      network.sendDirty(population.phone(user).person.profile.number, input.kind);
    },
  };
}

function banOf(input: CreateBan, now: number): Ban {
  return input.kind === 'final' ? input : { kind: 'temporary', until: now + input.seconds * 1000 };
}
