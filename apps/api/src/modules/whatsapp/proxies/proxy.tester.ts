import type { Network, ProxyTest } from '@trunkline/contracts';
import type { Clock } from '../../../clock/clock.js';
import type { Vault } from '../sessions/vault.js';
import { ProxyError } from './line/proxy.js';
import { openTunnel } from './line/proxy.line.js';
import { addressOf } from './proxy.seal.js';
import type { ProxyRow } from './proxy.view.js';

/** Where the servers of each network are: `wss://host/path`; undefined where the network is off. */
export type NetworkAddresses = Record<Network, string | undefined>;
export const WHATSAPP_ADDRESS = 'wss://web.whatsapp.com/ws/chat';

/** Opens a tunnel to a network's server, and closes it again: nothing is said to the server. */
export class ProxyTester {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly addresses: NetworkAddresses,
  ) {}

  async run(row: ProxyRow, network: Network): Promise<ProxyTest> {
    const [at, began] = [this.clock.now().toISOString(), this.clock.monotonic()];
    try {
      const reached = await this.#reach(row, network);
      const latencyMs = Math.round(this.clock.monotonic() - began);
      return { ok: true, network, detail: `It reached ${reached}.`, latencyMs, at };
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      return { ok: false, network, detail: error.message, latencyMs: null, at };
    }
  }

  async #reach(row: ProxyRow, network: Network): Promise<string> {
    const address = this.addresses[network];
    if (!address) throw new ProxyError(`The network ${network} is switched off.`);
    const { hostname, port, protocol } = new URL(address);
    const number = Number(port || (protocol === 'wss:' ? 443 : 80));
    const socket = await openTunnel(addressOf(this.vault, row), hostname, number);
    socket.on('error', () => undefined).destroy();
    return `${hostname}:${number}`;
  }
}
