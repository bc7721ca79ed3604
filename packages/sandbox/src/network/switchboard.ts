/** The network as phones and people see it (device.ts). */
import { isGroupJid, LID_DOMAIN } from '../protocol/jid.js';
import { announceAppState } from './app.state.js';
import type { Ban, GroupRecord, SandboxNetwork } from './device.js';
import type { User } from './directory.js';
import { createGroup } from './group.changes.js';
import type { Group } from './groups.js';
import { attachDevice } from './local.devices.js';
import { notifyDeviceChange, notifyNumberChange } from './notices.js';
import type { Registration } from './registration.js';
import type { Services } from './services.js';
import { banFailure } from './ban.js';
import { failure } from './strike.js';
import { unlinkDevice } from './unlinking.js';

export function switchboard(services: Services): SandboxNetwork {
  const { directory, pairings, counts, appState, groups } = services;
  return {
    createUser: (user) => void directory.createUser(user),
    findUser: (pnOrLid) => directory.user(pnOrLid),
    attach: (user, keys, device) => attachDevice(services, user, keys, device),

    completePairing: async (completion) => {
      const device = await waiting(services, completion.ref).complete(completion);
      services.office.commit(() => notifyDeviceChange(services, device, 'add'));
      return { device: device.number };
    },
    onCompanionHello: (listener) => pairings.onHello(listener),
    primaryHello: async (ref, hello) => waiting(services, ref).code.primaryHello(ref, hello),

    linkedDevices: (pn) => directory.devicesOf(known(services, pn)).map(({ number }) => number),
    unlink: (pn, number) => {
      const device = directory.deviceOf(known(services, pn), number);
      if (device?.companion) unlinkDevice(services, device);
    },
    ban: (pn, ban) => banUser(services, known(services, pn), ban),
    changeNumber: (from, to) => {
      const user = known(services, from);
      directory.changeNumber(user, to);
      notifyNumberChange(services, user, from);
    },

    blocked: (pn) =>
      services.blocklists.of(known(services, pn)).map((lid) => directory.user(`${lid}@${LID_DOMAIN}`)?.pn ?? lid),

    about: (pn) => known(services, pn).about?.text ?? '',
    pictureId: (of) => {
      const whose = isGroupJid(of) ? groups.get(of) : directory.user(of);
      return whose && services.pictures.id(whose);
    },
    picture: (of) => {
      const whose = isGroupJid(of) ? groups.get(of) : directory.user(of);
      const found = whose && services.pictures.read(whose);
      return found && { id: found.id, bytes: services.media.files.readNow(found.hash) };
    },

    appendAppState: (pn, collection, patch) => {
      const user = known(services, pn);
      const version = appState.append(user.lid, collection, patch);
      if (version === undefined) throw new Error(`${collection} of ${pn} moved on`);
      announceAppState(services, user, [collection], directory.deviceOf(user, 0));
      return version;
    },

    createGroup: ({ subject, creator, participants, addressing }) => {
      const members = participants.map((pn) => known(services, pn));
      return createGroup(services, { subject, creator: known(services, creator), participants: members, addressing })
        .id;
    },
    media: services.media,
    channels: services.channels,
    groups: () => groups.all().map((group) => record(services, group)),
    counts: () => counts.all(),
  };
}

function known({ directory }: Services, pn: string): User {
  const user = directory.user(pn);
  if (!user) throw new Error(`nobody on this network has ${pn}`);
  return user;
}

function waiting({ pairings }: Services, ref: string): Registration {
  const registration = pairings.find(ref);
  if (!registration) throw new Error('no client waits for this code');
  return registration;
}

function banUser(services: Services, user: User, ban: Ban | null): void {
  const { directory, connections, clock } = services;
  if (ban === null) delete user.ban;
  else user.ban = ban.kind === 'final' ? {} : { until: Math.floor(ban.until / 1000) };
  directory.saveUser(user);
  const reason = banFailure(user, Math.floor(clock.now() / 1000));
  if (!reason) return;
  for (const device of directory.devicesOf(user)) {
    for (const each of connections.of(device)) each.closeWith(failure(reason.reason, reason.attributes));
  }
}

function record({ directory, pictures }: Services, group: Group): GroupRecord {
  const number = (lid: string): string => directory.user(`${lid}@${LID_DOMAIN}`)?.pn ?? lid;
  const { id, subject, addressing, creator, participants } = group;
  return {
    id,
    subject,
    picture: pictures.id(group) ?? null,
    addressing,
    creator: number(creator),
    participants: [...participants.keys()].map(number),
  };
}
