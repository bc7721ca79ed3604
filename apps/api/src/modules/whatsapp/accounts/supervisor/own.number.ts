/**
 * The account's own number: looked for while it is unknown (R1.1), believed as soon as the engine says it, and then looked
 * up, since it may be another account's.
 */
import type { EngineSession } from '../../engines/engine.js';
import { accountWithNumber } from '../account.repository.js';
import type { AccountRow } from '../account.view.js';
import type { AccountEvent } from '../machine/account.machine.js';
import { NumberLoop } from './number.loop.js';
import type { Emit, RunAccount, SupervisorParts } from './parts.js';

export class OwnNumber {
  readonly #loop: NumberLoop;

  constructor(
    private readonly parts: Pick<SupervisorParts, 'clock' | 'journal' | 'log' | 'store'>,
    private readonly account: RunAccount,
    session: () => EngineSession | undefined,
    private readonly emit: Emit,
  ) {
    this.#loop = new NumberLoop(parts.clock, session);
  }

  find(): void {
    this.#loop.start((identity) => this.said({ type: 'identity', identity }));
  }

  /** It is known, or nobody wants to know it any more. */
  stop(): void {
    this.#loop.stop();
  }

  said(event: Extract<AccountEvent, { type: 'linked' | 'identity' }>): void {
    const before = numberOf(this.account.row);
    this.account.apply(event);
    const phoneNumber = numberOf(this.account.row);
    if (phoneNumber === null || phoneNumber === before) return;
    const taken = (other: { id: string; name: string }) =>
      this.account.apply({ type: 'number-taken', phoneNumber, accountId: other.id, accountName: other.name });
    // Once it is written: of two that come to one number in the same moment one has it by then, and the other finds that.
    void this.parts.journal
      .settled()
      .then(() => this.otherWith(phoneNumber))
      .then((other) => other && taken(other))
      .catch((error) => this.parts.log.warn({ error }, 'could not look whether the number is taken'));
  }

  /** Who else has this number, if anybody. */
  async otherWith(phoneNumber: string): Promise<{ id: string; name: string } | undefined> {
    const { id, network } = this.account.row;
    const found = await accountWithNumber(this.parts.store.pool, network, phoneNumber);
    return found && found.id !== id ? found : undefined;
  }

  announce(): void {
    const { phoneNumber, phoneNumberSource, pushName } = this.account.row;
    if (phoneNumber && phoneNumberSource) {
      this.emit('account.phone_number', { phoneNumber, source: phoneNumberSource, pushName });
    }
  }
}

/** Of the phone that is linked now. */
const numberOf = (row: AccountRow): string | null => row.conflictPhoneNumber ?? row.phoneNumber;
