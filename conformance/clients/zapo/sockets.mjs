/**
 * zapo-js tells its user about a lost socket only when it gives up. Here every WebSocket of the process is watched from
 * outside: the returned function asks for a call whenever a socket to that address has closed.
 */
export function watchSockets() {
  const listeners = new Map();
  const Plain = globalThis.WebSocket;
  globalThis.WebSocket = class extends Plain {
    constructor(url, protocols) {
      super(url, protocols);
      this.addEventListener('close', () => listeners.get(addressOf(url))?.());
    }
  };
  return (url, listener) => listeners.set(addressOf(url), listener);
}

/** zapo-js adds its routing bytes as `ED`. */
function addressOf(url) {
  const address = new URL(url);
  address.searchParams.delete('ED');
  return address.href;
}
