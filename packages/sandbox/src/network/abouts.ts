/** What users say about themselves: a line of text, kept with the user. */
import { PN_DOMAIN } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
import { userJid, type Device } from './directory.js';
import { ownDomain } from './hidden.number.js';
import { notification } from './notices.js';
import { seconds, type Services } from './services.js';

/** Everybody who knows the user is told, but for the device that did it. */
export function setAbout(services: Services, by: Device, text: string): void {
  const { user } = by;
  const { office, directory, acquaintances } = services;
  office.commit(() => {
    user.about = { text, at: seconds(services.clock) };
    directory.saveUser(user);
    for (const device of acquaintances.devicesOf(user)) {
      if (device.user === user && device.number === by.number) continue;
      const domain = device.user === user ? ownDomain(services, user, PN_DOMAIN) : PN_DOMAIN;
      const attrs = { from: userJid(user, domain), type: 'status', notify: user.pushName };
      office.post(device, notification(services, attrs, [node('set', {}, Buffer.from(text))]));
    }
  });
}
