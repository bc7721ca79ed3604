/** Who comes in: a new companion that shows a QR, or a linked device that logs in (protocol.md B.4, B.5). */
import type { Handshaken } from '../protocol/handshake.js';
import type { Node } from '../protocol/node.js';
import type { ClientPayload } from '../protocol/proto.js';
import { sameBytes } from '../protocol/bytes.js';
import type { Connection } from './connection.js';
import { banFailure } from './ban.js';
import type { Device } from './directory.js';
import { isRegistrable, Registration } from './registration.js';
import { seconds } from './services.js';
import { Session } from './session.js';
import { failure } from './strike.js';

export interface ClientSession {
  receive(stanza: Node): void;
  /** The connection is over. */
  closed(): void;
}

const NOT_AUTHORIZED = 401;
const CLIENT_TOO_OLD = 405;
const BAD_REQUEST = 400;

/** Undefined when the client was turned away. */
export function receiveClient(connection: Connection, handshaken: Handshaken): ClientSession | undefined {
  const { services } = connection;
  const { payload, clientStatic } = handshaken;
  const user = payload.devicePairingData ? undefined : services.directory.user(payload.username);
  connection.claimed = user?.pn;
  if (isTooOld(connection, payload)) return refuse(connection, CLIENT_TOO_OLD);
  if (connection.enter('connecting')) return undefined;
  if (payload.devicePairingData) return register(connection, payload.devicePairingData, clientStatic);
  const device = user && services.directory.deviceOf(user, payload.device ?? 0);
  if (!user || !device?.companion || !sameBytes(device.companion.noiseKey, clientStatic))
    return refuse(connection, NOT_AUTHORIZED, { location: 'sandbox' });
  const ban = banFailure(user, seconds(services.clock));
  if (ban) return refuse(connection, ban.reason, ban.attributes);
  return open(connection, device);
}

function register(
  connection: Connection,
  data: NonNullable<ClientPayload['devicePairingData']>,
  noiseKey: Uint8Array,
): ClientSession | undefined {
  if (!isRegistrable(data)) return refuse(connection, BAD_REQUEST);
  const registration = new Registration(connection, data, noiseKey);
  registration.start();
  return registration;
}

function open(connection: Connection, device: Device): ClientSession {
  const session = new Session(connection, device);
  session.start();
  return session;
}

function isTooOld({ services, account, phase }: Connection, payload: ClientPayload): boolean {
  const effect = services.faults.strike({ account, phase }, ['least-version']);
  if (!effect) return false;
  const { primary = 0, secondary = 0, tertiary = 0 } = payload.userAgent?.appVersion ?? {};
  const [a, b, c] = effect.version;
  return primary !== a ? primary < a : secondary !== b ? secondary < b : tertiary < c;
}

function refuse(connection: Connection, reason: number, attributes?: Record<string, string>): undefined {
  connection.services.counts.add(`refused:login-${reason}`);
  connection.closeWith(failure(reason, attributes));
  return undefined;
}
