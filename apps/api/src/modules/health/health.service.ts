import type { Ready } from '@trunkline/contracts';
import type { HealthRepository } from './health.repository.js';

type Part = Ready['parts'][number];
/** Undefined: the part is well; else what is wrong with it. */
type Check = () => Promise<string | undefined>;

const withinMs = 2_000;

export interface HealthChecks {
  repository: HealthRepository;
  /** Asks whether something answers at this address. */
  reach(url: string): Promise<void>;
  pagesUrl?: string;
  /** The control of the sandbox; undefined when there is none of ours. */
  sandboxUrl?: string;
}

/** What of the installation works, part by part, each asked anew. */
export class HealthService {
  readonly #checks: [Part['part'], Check][];

  constructor({ repository, reach, pagesUrl, sandboxUrl }: HealthChecks) {
    const answering = (url: string) => async () => void (await reach(url));
    this.#checks = [
      ['database', async () => void (await repository.ping())],
      ['numberer', () => repository.numbererTrouble()],
      ['workers', () => repository.workerTrouble()],
      ...(sandboxUrl ? ([['sandbox', answering(sandboxUrl)]] satisfies [Part['part'], Check][]) : []),
      ...(pagesUrl ? ([['pages', answering(pagesUrl)]] satisfies [Part['part'], Check][]) : []),
    ];
  }

  async ready(): Promise<Ready> {
    const parts = await Promise.all(this.#checks.map(([part, check]) => look(part, check)));
    return { ready: parts.every(({ ok }) => ok), parts };
  }
}

async function look(part: Part['part'], check: Check): Promise<Part> {
  const message = await Promise.race([check(), tooSlow()]).catch(
    (error: Error) => `It does not answer (${error.message}).`,
  );
  return { part, ok: message === undefined, message: message ?? null };
}

function tooSlow(): Promise<string> {
  return new Promise((resolve) =>
    setTimeout(resolve, withinMs, `It did not answer within ${withinMs / 1000} s.`).unref(),
  );
}
