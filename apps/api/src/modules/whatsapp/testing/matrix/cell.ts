import type { CapturedNode, FaultInput, Phone } from '@trunkline/sandbox';
import { type Fault } from '../../accounts/faults/fault.js';
import { type Phase } from '../../accounts/faults/phase.js';
import { type Linked, type MatrixWorld } from './matrix.world.js';
import { type Strike, STRIKES } from './strikes.js';

/** One fault in one phase: the account that is struck, and how. */
export class Cell {
  id = '';
  phone: Phone | undefined;
  /** How many states had been told before the fault struck. */
  mark = 0;
  /** Engine sessions that had been opened before, and turned seconds. */
  opened = 0;
  struckAt = 0;
  goodbyes = 0;
  /** What is on its way, in the phase `sending`. */
  text: string | undefined;
  person: string | undefined;
  readonly strike: Strike;
  readonly #ends: (() => unknown)[] = [];

  constructor(
    readonly world: MatrixWorld,
    readonly fault: Fault,
    readonly phase: Phase,
  ) {
    this.strike = STRIKES[fault]();
  }

  take({ id, phone }: Linked): void {
    [this.id, this.phone] = [id, phone];
  }

  get number(): string {
    return this.phone!.number;
  }

  /** From here on everything is told because of the fault. */
  async begin(): Promise<void> {
    this.mark = (await this.world.told(this.id)).length;
    this.opened = this.world.engine.opened(this.id);
    this.goodbyes = this.world.engine.goodbyes(this.id);
    this.struckAt = this.world.seconds;
    if (this.strike.real) this.world.patienceMs = 20_000;
  }

  /**
   * The fault strikes now, or as soon as the network sees the moment. One that the sandbox commits waits for its phase by
   * itself; what is done by hand waits for a stanza.
   */
  async hit(fault: Pick<FaultInput, 'account' | 'phase'>, moment?: (node: CapturedNode) => boolean): Promise<void> {
    await this.begin();
    const { effect, count = 1, start } = this.strike;
    if (effect) {
      const times = count === Infinity ? {} : { count };
      // What lasts is set for every phase, as the phase goes by while it lasts.
      const when = count === Infinity ? { account: this.number } : fault;
      const set = await this.world.control.setFault({ ...when, effect, ...times });
      this.#ends.push(() => this.world.control.clearFault(set.id).catch(() => undefined)); // It may be spent.
    }
    if (start && !moment) await start(this);
    if (start && moment) await this.#at(moment, () => start(this));
  }

  /** Whatever lasts of the fault is over. */
  async end(): Promise<void> {
    this.world.patienceMs = 400;
    for (const end of this.#ends.splice(0)) await end();
    await this.strike.end?.(this);
  }

  /** To be done when the fault is over. */
  after(end: () => unknown): void {
    this.#ends.push(end);
  }

  #at(moment: (node: CapturedNode) => boolean, start: () => unknown): void {
    const stop = this.world.hear((node) => {
      if (!moment(node)) return;
      stop();
      const started = Promise.resolve(start()).catch((error) => this.world.unhandled.push(error));
      this.after(() => started);
    });
    this.after(stop);
  }
}
