import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** `trunkline.log`, then `trunkline.log.1` (newer) to `.4` (older). */
const keptFiles = 4;

/** A log of JSON lines that is turned over by size, so that weeks of running fill no disk. */
export class LogFile {
  #file: number;
  #bytes: number;

  constructor(
    private readonly path: string,
    private readonly largestBytes = 10 * 1024 * 1024,
  ) {
    this.#file = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  write(line: string): void {
    if (this.#bytes >= this.largestBytes) this.#turnOver();
    this.#bytes += writeSync(this.#file, `${line}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }

  #turnOver(): void {
    closeSync(this.#file);
    for (let age = keptFiles - 1; age >= 0; age -= 1) {
      const from = age === 0 ? this.path : `${this.path}.${age}`;
      if (existsSync(from)) renameSync(from, `${this.path}.${age + 1}`);
    }
    this.#file = openSync(this.path, 'a', 0o600);
    this.#bytes = 0;
  }
}
