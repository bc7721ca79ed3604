import type { Agent } from 'node:http';

/**
 * An account's own way to the network, such as a proxy: an engine that is given one sends everything by it (WebSocket,
 * uploads, downloads), and nothing by another way. A line that is broken is an end with the reason `proxy`.
 */
export interface Line {
  /** For WebSockets and for requests of Node's http and https. */
  agent: Agent;
  /** For `fetch` (undici's `Dispatcher`). */
  dispatcher: object;
}
