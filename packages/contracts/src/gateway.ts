import type { AnyEvent, EphemeralEnvelope } from './event.js';
import type { RestoreProgress } from './health.js';

/** Socket.IO lives at this path of the one origin, default namespace; it wants a session cookie or a key (`auth.apiKey`). */
export const GATEWAY_PATH = '/api/socket.io';

/**
 * The page subscribes with the last position it has seen; missed events come first and in order, then live ones.
 * `resync` means: the log no longer holds what was missed (or this consumer was too slow); load afresh from `position`.
 */
export interface ServerToPage {
  event: (envelope: AnyEvent) => void;
  /** True for some seconds, and never sent again. */
  ephemeral: (envelope: EphemeralEnvelope) => void;
  resync: (notice: { position: number }) => void;
  /** Ephemeral: how far accounts have come back after a start, while that changes. */
  progress: (progress: RestoreProgress) => void;
  /** Ephemeral: what time it is at the server, in milliseconds since 1970; when a page comes, and when that clock was set. */
  time: (told: { now: number }) => void;
}

export interface SubscribeRequest {
  /** null: every account the viewer may see. */
  accountId: string | null;
  /** Undefined: from now on. */
  since?: number;
}

export interface PageToServer {
  subscribe: (
    request: SubscribeRequest,
    answer: (result: { ok: true; position: number } | { ok: false; code: string; message: string }) => void,
  ) => void;
  unsubscribe: (request: { accountId: string | null }) => void;
}
