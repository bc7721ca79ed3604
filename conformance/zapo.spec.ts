import { ChildDriver } from './child.driver.js';
import { conform } from './conformance.js';

/**
 * After pairing zapo-js restarts by itself, and takes a 515 that comes before it has done so for the order to forget the
 * account. No real network is faster than that; loopback is.
 */
const LATENCY_MS = 5;

conform('zapo', (start) => new ChildDriver('zapo', start), LATENCY_MS);
