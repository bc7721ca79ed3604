import type { VaultKey } from '@trunkline/contracts';
import type { Clock } from '../../../../clock/clock.js';
import type { Sql, Store } from '../../../../database/database.js';
import { readFactRow, writeFact } from '../../../../database/facts.repository.js';
import { transact } from '../../../../database/transaction.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import type { Notifier } from '../../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { vaultKeyRows } from './key.repository.js';

/** The key that seals, as people see it: whether its file was saved by somebody. */
export class VaultKeyService {
  /** @param path of the key file; undefined where the key is in the environment */
  constructor(
    private readonly store: Store,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    private readonly path: string | undefined,
  ) {}

  read(): Promise<VaultKey> {
    return this.#read(this.store.pool);
  }

  /** A person says that a copy of it is kept elsewhere. */
  async saved(ctx: Ctx, keyId: string): Promise<VaultKey> {
    const now = this.clock.now();
    const key = await transact(this.store.pool, async (sql) => {
      if ((await this.#read(sql)).keyId !== keyId)
        throw new ProblemError('conflict', 'Another key seals by now. Save that one.');
      await writeFact(sql, 'key-saved', `${keyId} ${ctx.actor.name}`, now);
      await appendEvents(sql, [newEvent('system.key', null, { keyId, savedBy: ctx.actor.name }, now)]);
      return this.#read(sql);
    });
    this.notifier.wake('unnumbered');
    return key;
  }

  async #read(sql: Sql): Promise<VaultKey> {
    const sealing = (await vaultKeyRows(sql)).find(({ state }) => state === 'sealing');
    if (!sealing) throw new ProblemError('not_found', 'Nothing is sealed here.');
    const { keyId } = sealing;
    const fact = await readFactRow(sql, 'key-saved');
    const by = fact?.value.startsWith(`${keyId} `) ? fact.value.slice(keyId.length + 1) : undefined;
    return {
      keyId,
      place: this.path === undefined ? 'environment' : 'file',
      path: this.path ?? null,
      saved: by === undefined ? null : { by, at: fact!.at.toISOString() },
    };
  }
}
