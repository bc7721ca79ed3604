/** The page of a conversation in which files are sent and seen. For a spec that has a product with a linked account. */
import type { MediaKind } from '@trunkline/contracts';
import type { SandboxControl } from '@trunkline/sandbox';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Api } from '../support/api.js';
import { openBrowser, WITH_MICROPHONE } from '../support/browser.js';
import { ownersPage } from '../support/owner.js';
import { shot } from '../support/shots.js';

export interface WithAccount {
  url: string;
  api: Api;
  control: SandboxControl;
  account: { id: string; number: string };
}

export interface FilesPage extends WithAccount {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** With whom the conversation is. */
  person: { number: string };
  dialog(): Locator;
  bubbles(kind: MediaKind): Locator;
  /** What the person sees with these words. */
  seen(text: string): ReturnType<SandboxControl['waitForSeen']>;
  shot(name: string): Promise<void>;
  /** Chooses files, which are looked at before they are sent. */
  attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void>;
}

/** There from `beforeAll` on. */
export function useFilesPage(theirs: () => WithAccount): () => FilesPage {
  let its: FilesPage;
  beforeAll(async () => {
    const given = theirs();
    const browser = await openBrowser(WITH_MICROPHONE);
    const page = await ownersPage(browser, given.url, { permissions: ['microphone'] });
    const person = await given.control.createPerson({ rule: { kind: 'silent' } });
    its = { ...given, browser, context: page.context(), page, person, ...on(page, given.control, person) };
    const to = encodeURIComponent(`+${person.number}`);
    await page.goto(`${given.url}/marketing/whatsapp/messages?account=${given.account.id}&to=${to}`);
    await page.getByLabel('Message', { exact: true }).fill('hello');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('article[data-kind="text"]').waitFor();
  });
  afterAll(() => its?.browser.close());
  return () => its;
}

function on(page: Page, control: SandboxControl, { number }: { number: string }) {
  const dialog = () => page.getByRole('dialog');
  return {
    dialog,
    bubbles: (kind: MediaKind) => page.locator(`article[data-kind="${kind}"]`),
    seen: (text: string) => control.waitForSeen(number, (message) => message.text === text, 30_000),
    shot: (name: string) => shot(page, name),
    attach: async (...files: Parameters<FilesPage['attach']>) => {
      await page.getByLabel('Choose files').setInputFiles(files);
      await dialog().waitFor();
    },
  };
}
