import { randomBytes } from 'node:crypto';
import type { Setup } from '@trunkline/contracts';
import type { Clock } from '../../clock/clock.js';
import { ProblemError } from '../../errors/problem.js';
import type { Auth } from './auth.library.js';
import { hashOfKey } from './key.js';
import type { NewOwner, OwnerRepository } from './owner.repository.js';

const HOUR = 3_600_000;

/** How the first person comes in: by the one-time link of the terminal, or by the environment. */
export class SetupService {
  constructor(
    private readonly owners: OwnerRepository,
    private readonly auth: Auth,
    private readonly clock: Clock,
  ) {}

  async needed(): Promise<boolean> {
    return !(await this.owners.exists());
  }

  /**
   * The token of a new link, good for an hour and once; earlier ones end. Undefined when there is an owner, or when the
   * one that is `known` on the terminal serves still.
   */
  async issueToken(known?: string): Promise<string | undefined> {
    const now = this.clock.now();
    if (!(await this.needed()) || (known && (await this.owners.hasLink(hashOfKey(known), now)))) return undefined;
    const token = randomBytes(32).toString('base64url');
    await this.owners.putLink(hashOfKey(token), now, new Date(now.getTime() + HOUR));
    return token;
  }

  async complete({ token, name, email, password }: Setup): Promise<void> {
    const owner = await this.#owner(name, email, password);
    const made = await this.owners.addByLink(hashOfKey(token), owner, this.clock.now());
    if (!made) {
      throw new ProblemError('forbidden', 'This link was used, or is older than an hour. A restart prints a new one.');
    }
  }

  /** From `TRUNKLINE_ADMIN_EMAIL` and `TRUNKLINE_ADMIN_PASSWORD`; an owner that exists is left as they are. */
  async ensureOwner(email: string, password: string): Promise<void> {
    if (!(await this.needed())) return;
    const [name = email] = email.split('@');
    await this.owners.addFirst(await this.#owner(name, email, password), this.clock.now());
  }

  async #owner(name: string, email: string, password: string): Promise<NewOwner> {
    const { password: hasher } = await this.auth.$context;
    return { name, email: email.toLowerCase(), passwordHash: await hasher.hash(password) };
  }
}
