import type { Logger } from 'pino';
import type { Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import type { InspectCreds } from '../whatsapp/accounts/supervisor/parts.js';
import type { Endpoint, Engine } from '../whatsapp/engines/engine.js';
import type { ClientVersions } from '../whatsapp/engines/version/client.versions.js';
import type { MediaDesk } from '../whatsapp/media/media.desk.js';
import type { PreviewMaker } from '../whatsapp/previews/preview.maker.js';
import type { Vault } from '../whatsapp/sessions/vault.js';
import type { Listener } from './listener.repository.js';
import type { Notifier } from './notifier.repository.js';
import type { WorkerIdentity } from './worker.repository.js';

/** What a worker is made of. */
export interface WorkerParts {
  identity: WorkerIdentity;
  store: Store;
  /** The heartbeat's own connection, so that a busy pool cannot hold it up; undefined: it uses the others'. */
  pulse?: Store;
  listener: Listener;
  notifier: Notifier;
  vault: Vault;
  media: MediaDesk;
  previews: PreviewMaker;
  engine: Engine;
  inspect: InspectCreds;
  endpoint: Endpoint;
  versions: ClientVersions;
  clock: Clock;
  log: Logger;
  /** How many of the network this installation starts; 1 when undefined. */
  workers?: number;
}
