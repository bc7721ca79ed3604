/** Which addresses our server may fetch pages from: those of the public internet, and those that somebody has allowed. */
import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The only part of IPv6 that is given out; what stands for an IPv4 address elsewhere in it is refused as a whole. */
const GLOBAL = ipaddr.parseCIDR('2000::/3');

/** A port that pages are at. Others could be asked for what is no page. */
const PORTS = new Set([80, 443]);

export class Addresses {
  readonly #allowed: Range[];

  /** `allowed`: addresses or ranges in CIDR notation. Throws for what is neither. */
  constructor(allowed: readonly string[] = []) {
    this.#allowed = allowed.map(rangeOf);
  }

  /** False for what is no address. Loopback, private, link-local, shared (CGNAT), multicast, mapped: whatever is not public. */
  allow(address: string, port: number): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    if (this.#allowed.some((range) => lies(parsed, range))) return true;
    return PORTS.has(port) && isPublic(parsed);
  }
}

function isPublic(address: Range[0]): boolean {
  // Unassigned, benchmarks, documentation, tunnels: the library names each; `unicast` is what is left.
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || lies(address, GLOBAL);
}

const lies = (address: Range[0], [base, bits]: Range): boolean =>
  address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits);

function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
