/**
 * The files of one session, as they are gathered from a folder or an archive. Nothing is ever written to a disk under a name
 * that an archive brings; names only pick what is read, and everything that is read counts against a bound.
 */
import { posix } from 'node:path';

/** What cannot be imported, in a sentence that says why and what to do. */
export class ImportRefused extends Error {
  override name = 'ImportRefused';

  constructor(
    readonly reason:
      'taken' | 'not_a_session' | 'too_large' | 'several_sessions' | 'missing' | 'incomplete' | 'corrupted',
    message: string,
  ) {
    super(message);
  }
}

export interface SessionFiles {
  /** By bare name. */
  files: ReadonlyMap<string, Buffer>;
  /** When the newest of all was written, taken or not; undefined when nothing tells. */
  changedAt: Date | undefined;
}

/** An account has some 800 prekeys and a few files for each contact. */
const MOST_FILES = 200_000;
const MOST_FILE_BYTES = 4 * 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;

export class FileCollector {
  readonly #files = new Map<string, Buffer>();
  #folder: string | undefined;
  #changedAt: Date | undefined;
  #seen = 0;
  #bytes = 0;

  /** @param wanted says of a bare name whether its content is needed */
  constructor(private readonly wanted: (name: string) => boolean) {}

  /** Whether the content is to be brought to `add`. Throws `ImportRefused`. */
  takes(path: string, bytes: number, changedAt?: Date): boolean {
    if (++this.#seen > MOST_FILES) throw tooLarge(`more than ${MOST_FILES} files`);
    const name = bareName(path);
    if (!name.endsWith('.json')) return false;
    if (changedAt && (!this.#changedAt || changedAt > this.#changedAt)) this.#changedAt = changedAt;
    if (!this.wanted(name)) return false;
    this.#count(name, bytes);
    return true;
  }

  /** Throws `ImportRefused`. */
  add(path: string, content: Buffer): void {
    const folder = posix.dirname(slashed(path));
    this.#folder ??= folder;
    if (folder !== this.#folder) {
      throw new ImportRefused(
        'several_sessions',
        'There is more than one folder of keys in it. Import one session at a time.',
      );
    }
    this.#files.set(bareName(path), content);
  }

  get result(): SessionFiles {
    return { files: this.#files, changedAt: this.#changedAt };
  }

  #count(name: string, bytes: number): void {
    if (bytes > MOST_FILE_BYTES) throw tooLarge(`${name} has ${bytes} bytes`);
    if ((this.#bytes += bytes) > MOST_BYTES) throw tooLarge(`more than ${MOST_BYTES} bytes of keys`);
  }
}

const slashed = (path: string): string => path.replaceAll('\\', '/');

function bareName(path: string): string {
  const parts = slashed(path).split('/');
  if (parts.includes('..') || slashed(path).startsWith('/') || path.includes('\0')) {
    throw new ImportRefused(
      'not_a_session',
      'A name in it leads out of its folder. This is no copy of a session folder.',
    );
  }
  return parts.at(-1) ?? '';
}

const tooLarge = (why: string): ImportRefused =>
  new ImportRefused('too_large', `It is too large to be a session (${why}).`);
