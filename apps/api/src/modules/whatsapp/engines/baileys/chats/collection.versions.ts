/**
 * How far each app-state collection was read. Baileys writes that down before it tells what it has read, and the server
 * tells it once: a crash between the two would lose the change. So a version is held back here until everything that was
 * told with it is in the journal (`release`). What is read twice changes nothing.
 */
import type { SessionJournal } from '../../../sessions/journal.js';

const KIND = 'app-state-sync-version';

export class CollectionVersions {
  private readonly held = new Map<string, Uint8Array | null>();

  constructor(
    private readonly journal: Pick<SessionJournal, 'get' | 'put'>,
    /** Something is held: to be released once what was told with it is written. */
    private readonly changed: () => void,
  ) {}

  async get(names: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = await this.journal.get(KIND, names);
    for (const name of names) {
      const held = this.held.get(name);
      if (held) found.set(name, held);
      else if (held === null) found.delete(name);
    }
    return found;
  }

  put(name: string, version: Uint8Array | null): void {
    this.held.set(name, version);
    this.changed();
  }

  release(): void {
    for (const [name, version] of this.held) this.journal.put(KIND, name, version);
    this.held.clear();
  }
}
