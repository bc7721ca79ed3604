import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { ownAddress } from '../../config/own-address.ts';
import type { ToStarter } from '../messages.ts';
import type { Journal } from './journal.ts';

/** What a person reads when everything runs: the address and how to sign in. */
export class Welcome {
  readonly #url: string;
  #setupLink: string | undefined;
  #started = false;
  readonly #begunAt = Date.now();

  constructor(
    private readonly environment: Environment,
    private readonly port: number,
    private readonly journal: Journal,
  ) {
    this.#url = ownAddress({ publicUrl: environment.PUBLIC_URL, host: environment.HOST, port });
  }

  started(): void {
    this.#started = true;
    this.journal.info(`Trunkline is ready at ${this.#url}`);
    if (this.#setupLink) this.#showLink(this.#setupLink);
    else this.journal.show(this.#howToSignIn());
    this.#showKey();
    tell({ type: 'started', url: this.#url, port: this.port });
  }

  /** Once: at the start that made the key. */
  #showKey(): void {
    const path = join(this.environment.DATA_DIR, 'vault.key');
    const made = statSync(path, { throwIfNoEntry: false });
    if (!made || made.mtimeMs < this.#begunAt) return;
    this.journal.show(
      `Save a copy of ${path}, away from this machine: without it nobody can open the sessions of the accounts, and each ` +
        'would have to be scanned anew. `npm run backup` takes it along.',
    );
  }

  /** Comes from the api, before it is ready or later. For the terminal alone. */
  setupLink(url: string): void {
    this.#setupLink = url;
    if (this.#started) this.#showLink(url);
    tell({ type: 'setup-link', url });
  }

  #showLink(url: string): void {
    this.journal.show(`Make your account here (the link works once and ends in an hour):\n\n  ${url}\n`);
  }

  #howToSignIn(): string {
    const { TRUNKLINE_ADMIN_EMAIL: email } = this.environment;
    return email ? `Sign in as ${email}.` : 'Sign in with the account that you made at the first start.';
  }
}

function tell(message: ToStarter): void {
  if (process.connected) process.send?.(message, () => undefined);
}
