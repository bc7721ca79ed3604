/** So many at once; the others wait in order. */
export class Places {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(
    private readonly count: number,
    /** Called after a place was given back. */
    private readonly onFree: () => void = () => undefined,
  ) {
    this.#free = count;
  }

  get taken(): number {
    return this.count - this.#free;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with what gives the place back; calling that again does nothing. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
      this.onFree();
    };
  }
}
