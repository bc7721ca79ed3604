import type { AccountImported, Network } from '@trunkline/contracts';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import { isSessionFile } from '../../engines/baileys/import/session.file.js';
import { readArchive } from './archive.js';
import { ImportRefused } from './session.files.js';
import { type ImporterParts, type ImportOptions, SessionImporter } from './session.importer.js';

/** The import as a person or program asks for it: what cannot be taken is refused in words that say why. */
export class ImportService {
  constructor(
    private readonly parts: Omit<ImporterParts, 'read'>,
    private readonly networks: Record<Network, boolean>,
  ) {}

  async take(ctx: Ctx, archive: unknown, options: ImportOptions): Promise<AccountImported> {
    // A key that is bound to some accounts makes none.
    if (ctx.accounts !== 'all') throw new ProblemError('forbidden', 'This key is bound to its accounts.');
    if (!this.networks[options.network]) {
      throw new ProblemError('network_disabled', `The network ${options.network} is switched off.`);
    }
    if (!Buffer.isBuffer(archive)) throw missing();
    try {
      return await this.#take(archive, options);
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      throw new ProblemError(error.reason === 'taken' ? 'phone_number_taken' : 'session_invalid', error.message);
    }
  }

  async #take(archive: Buffer, options: ImportOptions): Promise<AccountImported> {
    const files = await readArchive(archive, isSessionFile);
    // The engine's library is large, and an api process that imports nothing does without it.
    const { readMultiFileSession: read } = await import('../../engines/baileys/import/multi.file.session.js');
    return new SessionImporter({ ...this.parts, read }).take(files, options);
  }
}

const missing = (): ProblemError => {
  const message = 'Send the archive as the body, with Content-Type: application/zip or application/gzip.';
  return new ProblemError('validation_failed', message, [{ field: 'body', message }]);
};
