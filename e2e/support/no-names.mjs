/**
 * Loaded into every process of a product by NODE_OPTIONS: no name of a host is found but this machine's, as behind a
 * network that is down. The product has no setting that could point the network whatsapp elsewhere, and gets none for this.
 */
import dns from 'node:dns';
import { isIP } from 'node:net';
import { syncBuiltinESMExports } from 'node:module';

const lookup = dns.lookup;
dns.lookup = (name, ...rest) => {
  if (name === 'localhost' || isIP(name)) return lookup(name, ...rest);
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', hostname: name });
  process.nextTick(rest.at(-1), error);
};
syncBuiltinESMExports();
