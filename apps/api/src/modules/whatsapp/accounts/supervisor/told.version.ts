import type { Connection } from './connection.js';
import type { SupervisorParts } from './parts.js';

/** What the network says to the client version that an account told it: one that works is remembered, another is looked for. */
export class ToldVersion {
  constructor(
    private readonly parts: Pick<SupervisorParts, 'journal' | 'log' | 'versions'>,
    private readonly connection: Pick<Connection, 'line' | 'version'>,
  ) {}

  accepted(): void {
    const { version } = this.connection;
    const { journal, versions, log } = this.parts;
    if (!version) return;
    void versions
      .worked(version, (worked) => {
        journal.write('network.version', worked);
        return journal.settled();
      })
      .catch((error) => log.warn({ error }, 'the client version that worked could not be remembered'));
  }

  /** @param found is called when there is another to try */
  refused(found: () => void): void {
    const { version, line } = this.connection;
    if (version) void this.parts.versions.refused(version, line).then((renewed) => renewed && found());
  }
}
