import type { Device } from './directory.js';
import { notifyDeviceChange } from './notices.js';
import type { Services } from './services.js';
import { streamError } from './strike.js';

const UNAUTHORIZED = 401;

/** The companion is no more: told so when it is there (protocol.md B.9), turned away with 401 when it comes back. */
export function unlinkDevice(services: Services, device: Device): void {
  const { office, directory, prekeys, counts, connections, presences } = services;
  const open = connections.of(device);
  counts.add('unlinked');
  presences.gone(device);
  office.commit(() => {
    office.forget(device);
    prekeys.forget(device);
    directory.removeDevice(device);
    notifyDeviceChange(services, device, 'remove');
  });
  for (const each of open) each.closeWith(streamError({ code: UNAUTHORIZED, conflict: 'device_removed' }));
}

/** The newer login of a device wins; the older connection is told why it ends. */
export function replaceOlder(services: Services, device: Device): void {
  for (const each of services.connections.of(device)) {
    services.counts.add('replaced');
    each.closeWith(streamError({ conflict: 'replaced' }));
  }
}
