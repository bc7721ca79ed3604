import type { Account } from '@trunkline/contracts';
import type { Person, SandboxControl } from '@trunkline/sandbox';
import type { Page } from 'playwright-core';
import type { Api } from '../support/api.js';

/** Where cases begin that a spec of conversations has: one of a linked account with somebody is on the page. */
export interface InConversation {
  page: Page;
  api: Api;
  sandbox: SandboxControl;
  account: Account;
  ada: Person;
  /** Its address. */
  conversation: string;
  /** The number of the account's phone. */
  shop: string;
  /** Keeps a picture of the page. */
  look(name: string): Promise<void>;
}
