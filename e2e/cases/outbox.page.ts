/**
 * The outbox on the page, by clicks and keys: send later and take back, why something failed and sending it again, how far
 * each member of a group has come, why a queue stands still, and a reaction that did not leave. For a spec that has a product
 * with somebody signed in.
 */
import type { Account, Chat } from '@trunkline/contracts';
import type { Person, Phone, SandboxControl } from '@trunkline/sandbox';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { withClient } from '../../apps/api/src/processes/postgres/database.js';
import type { Api } from '../support/api.js';
import { expectAccessible } from '../support/axe.js';
import { linkedAccount } from '../support/link.js';
import { until } from '../support/until.js';
import { escape } from '../support/keyboard.js';

export interface SignedIn {
  url: string;
  databaseUrl: string;
  page: Page;
  api: Api;
  sandbox: SandboxControl;
  shot(name: string): Promise<void>;
}

const HOUR = 3_600_000;

export function outboxPageCases(signedIn: () => SignedIn): void {
  let account: Account;
  let phone: Phone;
  let ada: Person;
  let chat: Chat;
  const { page, api, sandbox, shot } = lazily(signedIn);

  beforeAll(async () => {
    ({ account, phone } = await linkedAccount(api(), sandbox(), 'Bakery'));
    ada = await sandbox().createPerson({ name: 'Ada Baker', rule: { kind: 'mute' } });
    await sandbox().write(ada.number, { to: phone.number, text: 'Are you open tomorrow?' });
    chat = await until('the chat', async () => (await api().chats(account.id)).items[0]);
    await open(chat.id);
  });

  const open = (chatId: string) => page().goto(`${signedIn().url}/marketing/whatsapp/messages?chat=${chatId}`);
  const composer = () => page().getByRole('textbox', { name: 'Message' });
  const dialog = () => page().getByRole('dialog');
  const bubble = (text: string) => page().locator('article', { hasText: text });
  const textsAt = async (person: Person) => (await sandbox().seen(person.number, {})).items.map(({ text }) => text);
  const govern = (settings: object) =>
    api().call('PUT', `/whatsapp/accounts/${account.id}/governor`, { profile: 'settled', settings });
  const refuse = () => sandbox().setFault({ account: phone.number, effect: { kind: 'nack', code: 500 }, count: 1 });
  const write = async (text: string) => {
    await composer().fill(text);
    await composer().press('Enter');
  };
  const details = async (of: Locator) => {
    await of.getByRole('button', { name: 'Actions for this message' }).click();
    await page().getByRole('menuitem', { name: 'Details' }).click();
  };

  it('sends later, by keyboard, and nothing at once; what waits is taken back', async () => {
    await composer().fill('We open at nine.');
    await page().getByRole('button', { name: 'Send later' }).press('Enter');
    await dialog().getByRole('button', { name: 'Schedule' }).press('Enter');
    await dialog().getByText('Choose a time that is still to come.').waitFor();
    await expectAccessible(page());
    await shot('later');
    await dialog()
      .getByLabel('Send at')
      .fill(localTime(5 * HOUR));
    await dialog()
      .getByLabel('Not after (if wanted)')
      .fill(localTime(9 * HOUR));
    await dialog().getByRole('button', { name: 'Schedule' }).press('Enter');
    await bubble('We open at nine.').getByText('Sends').waitFor();
    expect(await bubble('We open at nine.').count()).toBe(1);
    await shot('scheduled');
    await bubble('We open at nine.').getByRole('button', { name: 'Take back' }).press('Enter');
    await bubble('We open at nine.').getByText('Taken back.').waitFor();
    expect(await textsAt(ada)).not.toContain('We open at nine.');
    expect((await api().messages(chat.id)).items.filter(({ direction }) => direction === 'out')).toMatchObject([
      { status: 'cancelled' },
    ]);
  });

  it('says why a message failed and what to do, and sends it again as a new one', async () => {
    await refuse();
    await write('Fresh bread!');
    await details(bubble('Fresh bread!'));
    const sheet = dialog();
    await sheet.getByText('What went wrong').waitFor();
    await sheet.getByText('it is certain that nothing was sent').waitFor();
    await sheet.getByText('rejected', { exact: true }).waitFor();
    await expectAccessible(page());
    await shot('failed-details');
    await escape(page());
    await bubble('Fresh bread!').getByRole('button', { name: 'Send again' }).press('Enter');
    await bubble('Fresh bread!').nth(1).getByRole('img', { name: 'Read' }).waitFor();
    await bubble('Fresh bread!').first().getByText('Sent again').waitFor();
    expect((await textsAt(ada)).filter((text) => text === 'Fresh bread!')).toHaveLength(1);
    await expectAccessible(page());
    await shot('sent-again');
  });

  it('takes a reaction back that did not leave, says so, and sends it again', async () => {
    const asked = bubble('Are you open tomorrow?');
    await refuse();
    await asked.getByRole('button', { name: 'Actions for this message' }).click();
    await page().getByRole('menuitem', { name: 'React with 👍' }).click();
    await asked.getByText('Your reaction was not sent.').waitFor();
    expect(await asked.getByRole('list', { name: 'Reactions' }).count()).toBe(0);
    await expectAccessible(page());
    await shot('reaction-failed');
    await asked.getByRole('button', { name: 'Send again' }).click();
    await asked.getByRole('list', { name: 'Reactions' }).getByText('👍').waitFor();
    await asked.getByText('Your reaction was not sent.').waitFor({ state: 'detached' });
  });

  it('tells how far each member of a group has come', async () => {
    const bob = await sandbox().createPerson({ name: 'Bob', rule: { kind: 'silent' } });
    const group = await sandbox().createGroup({
      subject: 'Regulars',
      creator: ada.number,
      participants: [bob.number, phone.number],
    });
    // While its members are not known, one of them is enough for a tick.
    await until('the members to be known', async () =>
      (await api().groups(account.id)).items.some((each) => each.waId === group.id && each.participantCount === 3),
    );
    const sent = await api().send({ accountId: account.id, to: group.id, text: 'To all of you' });
    await open(sent.chatId);
    await bubble('To all of you').getByRole('img', { name: 'Delivered' }).waitFor();
    await details(bubble('To all of you'));
    await dialog()
      .getByRole('listitem')
      .filter({ hasText: /Read .*2/ })
      .waitFor();
    await dialog()
      .getByRole('listitem')
      .filter({ hasText: /Delivered .*2/ })
      .waitFor();
    await expectAccessible(page());
    await shot('group-details');
    await escape(page());
  });

  it('says why a queue stands still: as much as it may, held, not connected', async () => {
    await govern({ burst: 1, perMinute: 0.2, quietHours: null });
    await open(chat.id);
    for (const text of ['one', 'two', 'three']) await write(text);
    const line = page().getByRole('status').filter({ hasText: 'wait' });
    await line.getByText(/2 messages wait: the account has sent as much as it may for now. It goes on/).waitFor();
    await expectAccessible(page());
    for (const width of [390, 1440]) {
      await page().setViewportSize({ width, height: 900 });
      await page().emulateMedia({ colorScheme: width === 390 ? 'dark' : 'light' });
      await expectAccessible(page());
      await shot(`queue-${width}`);
    }
    await bubble('three').getByRole('button', { name: 'Take back' }).click();
    await line.getByText(/1 message waits/).waitFor();

    const utc = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16);
    await govern({ quietHours: { from: utc(-HOUR), to: utc(2 * HOUR) }, timeZone: 'UTC' });
    await bubble('two').getByRole('img', { name: 'Read' }).waitFor();
    const cleo = await sandbox().createPerson({ name: 'Cleo', rule: { kind: 'silent' } });
    const held = await api().send({ accountId: account.id, to: `+${cleo.number}`, text: 'At a decent hour' });
    await open(held.chatId);
    await bubble('At a decent hour').getByText('Held back for now.').waitFor();
    await page()
      .getByText(/1 message is held back. It goes on/)
      .waitFor();
    await shot('held');

    await api().disconnect(account.id);
    await page().getByText('1 message waits: the account is not connected.').waitFor();
    await page().goto(`${signedIn().url}/marketing/whatsapp/accounts/${account.id}`);
    await page().getByText('1 message waits: the account is not connected.').waitFor();

    // As a worker leaves it that was handed the message and lost its connection before any of it left.
    await withClient(signedIn().databaseUrl, (client) =>
      client.query(
        `update mkt_wap_messages set status = 'sending', outbox = 'due', queued_reason = null, held_until = null, attempts = 0,
           sending_at = created_at where id = $1`,
        [held.id],
      ),
    );
    await open(held.chatId);
    const unsent = bubble('At a decent hour');
    await unsent.getByText('The connection went before it left. It goes with the next one.').waitFor();
    await unsent.getByRole('button', { name: 'Take back' }).click();
    await unsent.getByText('Taken back.', { exact: true }).waitFor();
    expect(await textsAt(cleo)).toEqual([]);
  });

  it('sets how an account behaves towards people, and every page that shows it knows at once', async () => {
    await page().goto(`${signedIn().url}/marketing/whatsapp/accounts/${account.id}`);
    const mine = page().context();
    // It ends with the browser: one that runs as one process ends with its context.
    const theirs = await mine.browser()!.newContext({ storageState: await mine.storageState() });
    const other = await theirs.newPage();
    await other.goto(page().url());
    await other.getByRole('heading', { name: 'Towards people' }).waitFor();
    await other.getByText('Ring on the phone').waitFor();
    const card = page()
      .locator('section, div')
      .filter({ has: page().getByRole('heading', { name: 'Towards people' }) });
    await card.getByRole('button', { name: 'Change', exact: true }).last().press('Enter');
    await dialog().getByRole('switch', { name: 'Show people that their messages were read' }).press('Space');
    await dialog().getByLabel('Calls').selectOption('reject');
    await dialog().getByLabel('Text to who called').fill('Please write to us.');
    await dialog().getByLabel('Keep messages for (days)').fill('0');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Give at least one day.').waitFor();
    await expectAccessible(page());
    await shot('messaging');
    await dialog().getByLabel('Keep messages for (days)').fill('30');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page().getByText('Kept for 30 days').waitFor();
    await other.getByText('Kept for 30 days').waitFor();
    await other.getByText('Please write to us.').waitFor();
    await expectAccessible(page());
    await shot('messaging-card');
    expect(await api().call('GET', `/whatsapp/accounts/${account.id}/messaging`)).toEqual({
      readReceipts: true,
      linkPreviews: false,
      simulateTyping: false,
      calls: 'reject',
      callReply: 'Please write to us.',
      keepDays: 30,
    });
  });
}

/** As a field of local time takes it, so many milliseconds from now. */
function localTime(ms: number): string {
  const at = new Date(Date.now() + ms);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Its parts, each when it is needed: the spec that brings them has made none of them yet. */
const lazily = (signedIn: () => SignedIn) => ({
  page: () => signedIn().page,
  api: () => signedIn().api,
  sandbox: () => signedIn().sandbox,
  shot: (name: string) => signedIn().shot(name),
});
