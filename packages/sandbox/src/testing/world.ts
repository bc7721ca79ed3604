import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startNetwork, type Network, type NetworkOptions } from '../network/network.js';
import type { Node } from '../protocol/node.js';
import type { Companion } from './companion.js';
import { TestPhone } from './phone.js';

/** A network that ends with the test. */
export async function openNetwork(options: NetworkOptions = {}): Promise<Network> {
  const network = await startNetwork(options);
  onTestFinished(() => network.close());
  return network;
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-network-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface TestAccount {
  phone: TestPhone;
  companion: Companion;
}

/** A phone with a companion that was linked, and has not logged in since. */
export async function linkedAccount(network: Network): Promise<TestAccount> {
  const phone = new TestPhone(network);
  return { phone, companion: await phone.link(network.url, network.rootKey) };
}

/** A phone with a companion that is online. */
export async function openAccount(network: Network): Promise<TestAccount> {
  const account = await linkedAccount(network);
  await account.companion.goOnline();
  return account;
}

/** Waits until it holds; no test sleeps. */
export async function until<T>(probe: () => T | undefined | false, what = 'it', ms = 5_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = probe();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${what} did not happen within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The next stanza of a kind that a phone has received, taken out of what it noted. */
export function received(phone: TestPhone, fits: (stanza: Node) => boolean, what?: string): Promise<Node> {
  return until(() => {
    const index = phone.received.findIndex(fits);
    return index < 0 ? undefined : phone.received.splice(index, 1)[0];
  }, what);
}
