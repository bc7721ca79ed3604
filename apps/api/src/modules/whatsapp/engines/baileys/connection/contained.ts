/**
 * Keeps what goes wrong in one connection inside it (protocol.md S9). Baileys answers events with async functions that
 * nobody awaits: one frame that does not decrypt would be an unhandled rejection, and end the process with every account
 * in it. Here each listener's failure is caught and told.
 *
 * WebSocket messages are also taken one after another: decoding is asynchronous, and a compressed frame would otherwise
 * be overtaken by the one behind it (protocol.md B.3).
 */
import type { WASocket } from 'baileys';

type Client = WASocket['ws'];
type Listener = (...args: unknown[]) => unknown;

export interface Contained {
  /** A frame that cannot be opened: the connection is deaf from here on. */
  badFrame(error: unknown): void;
  /** Anything else that a listener threw. */
  failed(event: string, error: unknown): void;
}

export function contain(client: Client, told: Contained): void {
  let messages: Promise<unknown> = Promise.resolve();
  client.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    // Each stanza is told under a dozen names (`dispatch.ts`), of which hardly any is listened to.
    if (client.listenerCount(event) === 0) return false;
    const listeners = client.rawListeners(event) as Listener[];
    for (const listener of listeners) {
      const call = (): unknown => listener.apply(client, args);
      if (event === 'message') messages = messages.then(call).catch((error) => told.badFrame(error));
      else guard(call, (error) => told.failed(String(event), error));
    }
    return listeners.length > 0;
  };
}

function guard(call: () => unknown, failed: (error: unknown) => void): void {
  try {
    const result = call();
    if (result instanceof Promise) result.catch(failed);
  } catch (error) {
    failed(error);
  }
}
