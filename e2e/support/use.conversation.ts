/** A product with a linked account, and on the page its conversation with Ada. For a spec as a whole. */
import { SandboxControl } from '@trunkline/sandbox';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Product, startProduct } from '../../apps/api/src/testing/product.js';
import type { InConversation } from '../cases/in.conversation.js';
import { Api } from './api.js';
import { openBrowser } from './browser.js';
import { linkedAccount } from './link.js';
import { OWNER_ENV, ownersPage } from './owner.js';
import { shot } from './shots.js';
import { until } from './until.js';

/** There from `beforeAll` on. @param says what Ada has written */
export function useConversation(says: string): () => InConversation {
  let product: Product;
  let browser: Browser;
  let its: InConversation;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ env: OWNER_ENV }), openBrowser()]);
    const api = new Api(product.url, product.apiKey);
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    const { account, phone } = await linkedAccount(api, sandbox, 'Shop');
    const ada = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'silent' } });
    const page = await ownersPage(browser, product.url);
    await sandbox.write(ada.number, { to: phone.number, text: says });
    const chat = await until('the chat', async () => (await api.chats(account.id)).items[0]);
    const conversation = `${product.url}/marketing/whatsapp/messages?account=${account.id}&chat=${chat.id}`;
    await page.goto(conversation);
    await page.locator('article[data-direction="in"]').waitFor();
    await until('it to be read', async () => (await api.chats(account.id)).items[0]?.unread === 0);
    const look = (name: string) => shot(page, name);
    its = { page, api, sandbox, account, ada, conversation, shop: phone.number, look };
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  return () => its;
}
