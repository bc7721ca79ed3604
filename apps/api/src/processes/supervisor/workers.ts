import type { Network } from '@trunkline/contracts';
import pg from 'pg';
import type { Log } from '../log.ts';
import { waitUntil } from '../wait.ts';
import { Child } from './child.ts';
import { type Installation, workerPlan } from './plans.ts';

/** How long a dead worker's leases are tried to be expired at once; after that they run out by themselves. */
const expireWithinMs = 30_000;

/** The workers of all networks: a set for each network, from the moment when it has accounts. */
export class Workers {
  readonly children: Child[] = [];
  readonly #pool: pg.Pool;

  constructor(
    private readonly installation: Installation,
    private readonly adopt: (child: Child) => void,
    private readonly log: Log,
  ) {
    this.#pool = new pg.Pool({ connectionString: installation.databaseUrl, max: 1 });
    this.#pool.on('error', () => undefined); // The next query makes a new connection.
  }

  startNetwork(network: Network): void {
    const { WORKERS } = this.installation.environment;
    for (let index = 1; index <= WORKERS; index += 1) this.#startOne(network, index);
    this.log.info(
      `The network ${network} has accounts; it is served by ${WORKERS === 1 ? 'a worker' : `${WORKERS} workers`}.`,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
    await this.#pool.end();
  }

  #startOne(network: Network, index: number): void {
    let workerId = '';
    const plan = workerPlan(this.installation, network, index, (id) => (workerId = id));
    const child = new Child(plan, this.log);
    child.on('ended', () => void this.#expire(workerId));
    this.children.push(child);
    this.adopt(child);
    void child.start().catch(() => undefined); // A worker that does not start is tried again for ever, and logged.
  }

  /** A process that is gone cannot release its leases: others may take its accounts at once. */
  async #expire(workerId: string): Promise<void> {
    const { expireWorker } = await import('../../modules/cluster/worker-leases.js');
    const expire = async () => {
      if (this.#pool.ending) return true;
      return expireWorker(this.#pool, workerId).then(
        () => true,
        () => false,
      );
    };
    if (await waitUntil(expire, { withinMs: expireWithinMs, everyMs: 500 })) return;
    this.log.warn('The leases of a worker that died could not be expired; they run out by themselves.');
  }
}
