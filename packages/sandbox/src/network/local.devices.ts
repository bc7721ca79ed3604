import { sameBytes } from '../protocol/bytes.js';
import type { AttachedDevice, DeviceKeys, LocalDevice, UserRecord } from './device.js';
import type { Device } from './directory.js';
import { LocalLine } from './local.line.js';
import { notifyIdentityChange } from './notices.js';
import { answerQuery } from './queries/index.js';
import type { Services } from './services.js';
import { submit } from './stanzas.js';

/** Puts a phone on the network, with its keys, or a known one with the keys it has now. */
export function attachDevice(
  services: Services,
  record: UserRecord,
  keys: DeviceKeys,
  local: LocalDevice,
): AttachedDevice {
  const { directory, prekeys, office } = services;
  const device = office.commit(() => {
    const put = putPhone(services, directory.user(record.lid) ?? directory.createUser(record), keys);
    prekeys.add(put, keys.preKeys);
    return put;
  });
  let line: LocalLine | undefined;
  const leave = (): void => {
    if (!line) return;
    line.close();
    office.close(device, line);
    services.presences.gone(device);
    line = undefined;
  };
  return {
    address: { user: record.pn, domain: 's.whatsapp.net', device: 0 },
    submit: async (stanza) => {
      for (const answer of submit(services, device, stanza)) office.tell(device, answer);
    },
    query: async (iq) => answerQuery({ device, iq, services }),
    setOnline: (online) => {
      if (!online || line) return online ? undefined : leave();
      line = new LocalLine(local, office.mailbox(device));
      office.open(device, line);
    },
    detach: leave,
  };
}

/** Another identity is another phone: the keys that were there are worth nothing, and those who know the user are told. */
function putPhone(
  services: Services,
  user: Device['user'],
  { registrationId, identity, signedPreKey }: DeviceKeys,
): Device {
  const { directory, prekeys } = services;
  const known = directory.deviceOf(user, 0);
  const device: Device = known ?? { user, number: 0, keys: { registrationId, identity, signedPreKey } };
  const isNew = known !== undefined && !sameBytes(known.keys.identity, identity);
  if (isNew) prekeys.forget(known);
  device.keys = { registrationId, identity, signedPreKey };
  directory.putDevice(device);
  if (isNew) notifyIdentityChange(services, user);
  return device;
}
