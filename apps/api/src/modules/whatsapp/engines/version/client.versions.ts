/**
 * Which version of WhatsApp Web a network is told we are. We come with one; when the network refuses it as too old
 * (failure 405), the current one is read from the network's own page, tried, and remembered once it worked, for every
 * worker and every start to come. `WA_VERSION` overrides all of it.
 *
 * Many accounts are refused at once: they share one look at the page, and the next is not taken before `REST_MS`.
 */
import type { Network } from '@trunkline/contracts';
import type { Logger } from 'pino';
import type { Clock } from '../../../../clock/clock.js';
import type { Store } from '../../../../database/database.js';
import type { Line } from '../line.js';
import { readVersion, type WorkedVersion } from './client.version.repository.js';
import { isNewer } from './version.order.js';

const REST_MS = 30_000;

export interface VersionParts {
  network: Network;
  /** WA_VERSION. */
  setting: string | undefined;
  /** What the engine says without being told. */
  builtIn: string;
  /** The version that the network's page names as current; rejects when it cannot be read. */
  readPage(line: Line | undefined): Promise<string>;
  store: Store;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

export class ClientVersions {
  #best: string;
  #known = false;
  #remembered: string | undefined;
  #looking: Promise<void> | undefined;
  #lookedAt = -Infinity;

  constructor(private readonly parts: VersionParts) {
    this.#best = parts.setting ?? parts.builtIn;
  }

  /** For the next login. Never rejects: without the database it is the best that is known here. */
  async current(): Promise<string> {
    if (this.parts.setting) return this.parts.setting;
    await this.#looking;
    if (!this.#known) await this.#recall();
    return this.#best;
  }

  /**
   * The network refused this one as too old. Resolves with another to try, if there is one.
   * @param line by which the account goes that was refused: the page is read by the same
   */
  async refused(version: string, line?: Line): Promise<string | undefined> {
    if (this.parts.setting) return undefined;
    await this.#recall();
    if (this.#best === version) await (this.#looking ??= this.#look(line).finally(() => (this.#looking = undefined)));
    return this.#best === version ? undefined : this.#best;
  }

  /**
   * The network took it, from an account that logs in.
   * @param remember writes it as that account's owner; rejects when it is not the owner any more
   */
  async worked(version: string, remember: (worked: WorkedVersion) => Promise<void>): Promise<void> {
    const { network, clock, setting, builtIn } = this.parts;
    if (setting || version === this.#remembered) return;
    const before = this.#remembered;
    // At once: many log in together, and one of them is enough to say it.
    this.#remembered = version;
    await remember({ network, version, workedAt: clock.now(), isNews: version !== builtIn }).catch((error: unknown) => {
      this.#remembered = before;
      throw error;
    });
  }

  /** What another worker found out, or an earlier start. One that came with an update since is better. */
  async #recall(): Promise<void> {
    try {
      const remembered = await readVersion(this.parts.store.pool, this.parts.network);
      if (remembered && isNewer(remembered, this.#best)) this.#best = remembered;
      this.#known = true;
    } catch (error) {
      this.parts.log.warn({ error }, 'the client version that worked last could not be read');
    }
  }

  async #look(line: Line | undefined): Promise<void> {
    const now = this.parts.clock.monotonic();
    if (now - this.#lookedAt < REST_MS) return;
    this.#lookedAt = now;
    try {
      const found = await this.parts.readPage(line);
      if (isNewer(found, this.#best)) this.#best = found;
    } catch (error) {
      this.parts.log.warn({ error }, 'the current client version could not be read');
    }
  }
}
