/**
 * Every kind that is neither text nor file comes in and is drawn, and goes out from the page, by
 * clicks alone; what is said about a message is seen on it at once. Looked at in light and dark and at a phone's width
 * when `SCREENSHOTS` names a folder.
 */
import type { Account } from '@trunkline/contracts';
import type { Person, SandboxControl } from '@trunkline/sandbox';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { chatPageCases, chatRow } from './cases/chat.page.js';
import type { Api } from './support/api.js';
import { expectAccessible } from './support/axe.js';
import { everyLook } from './support/looks.js';
import { shot } from './support/shots.js';
import { until } from './support/until.js';
import { useConversation } from './support/use.conversation.js';

let page: Page;
let api: Api;
let sandbox: SandboxControl;
let account: Account;
let ada: Person;
let shop: string;

const its = useConversation('*Hello*, see https://shop.example/_x_ and `code`');
beforeAll(() => {
  ({ page, api, sandbox, account, ada, shop } = its());
});

const said = (content: Parameters<SandboxControl['say']>[1]['content']) =>
  sandbox.say(ada.number, { to: shop, content });
const bubble = (kind: string) => page.locator(`article[data-kind="${kind}"]`).last();
const seen = (fits: Parameters<SandboxControl['waitForSeen']>[1]) => sandbox.waitForSeen(ada.number, fits);

const look = (name: string) => shot(page, name);

async function menu(of: ReturnType<typeof bubble>, item: string): Promise<void> {
  await of.getByRole('button', { name: 'Actions for this message' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

it('draws each kind as it comes', async () => {
  await page.locator('article strong', { hasText: 'Hello' }).waitFor();
  await said({ kind: 'location', latitude: -6.2088, longitude: 106.8456, name: 'The Shop', address: 'Street 1' });
  await bubble('location').getByText('The Shop').waitFor();
  await said({ kind: 'contacts', contacts: [{ name: 'Bob Builder', phone: '+9990000000002' }] });
  await bubble('contacts').getByText('Bob Builder').waitFor();
  await said({ kind: 'event', name: 'Opening', startsAt: Date.parse('2027-01-15T08:00:00Z'), place: 'The Shop' });
  await bubble('event').getByText('Opening').waitFor();
  const answers = bubble('event').getByRole('group', { name: 'Who comes' });
  await answers.getByRole('button', { name: 'Going 0', exact: true }).click();
  await answers.getByRole('button', { name: 'Going 1', exact: true, pressed: true }).waitFor();
  expect(await seen(({ kind }) => kind === 'answer')).toMatchObject({ detail: { answer: 'going' } });
  await said({ kind: 'choices', style: 'buttons', text: 'Which size?', choices: ['Small', 'Large'] });
  await bubble('choices').getByText('Large').waitFor();
  await said({ kind: 'choice', text: 'Small' });
  await bubble('choice').getByText('Small').waitFor();
  const asks = { kind: 'poll', question: 'Which colour?', options: ['Red', 'Blue'], selectable: 1 } as const;
  const { id: poll } = await said({ ...asks, options: [...asks.options] });
  await bubble('poll').getByRole('button', { name: 'Red' }).click();
  expect(await seen(({ kind, target }) => kind === 'vote' && target === poll)).toMatchObject({
    detail: { options: ['Red'] },
  });
  const mentions = [`+${ada.number}`, '+9990000000003', '77@lid'];
  const content = { kind: 'text' as const, text: `@${ada.number} or @9990000000003 or @77 knows`, mentions };
  await api.call('POST', '/whatsapp/messages', { accountId: account.id, to: `+${ada.number}`, content });
  const naming = page.locator('article', { hasText: '@Ada or @+999 000 000 0003 or @hidden number knows' });
  await naming.waitFor();
  const named = naming.getByRole('link', { name: '@Ada', exact: true });
  expect(await named.getAttribute('href')).toContain(`account=${account.id}&to=%2B${ada.number}`);
  await page
    .getByRole('list', { name: 'Chats' })
    .getByText(/^@\u2068Ada\u2069 or @\u2066\+999 000 000 0003\u2069 or/)
    .waitFor();
  await sandbox.write(ada.number, {
    to: shop,
    text: 'What do I know?',
    quote: (await seen(({ text }) => text?.endsWith('knows') ?? false)).id,
  });
  await page.getByRole('button', { name: /^You @.?Ada.? or/ }).waitFor();
  await named.click();
  await page.getByRole('heading', { name: 'Ada', exact: true }).waitFor();
  await said({ kind: 'newer', text: 'from the future' });
  await bubble('unsupported').waitFor();
  await said({ kind: 'forwarded', text: 'Everybody should know', score: 6 });
  await page.getByText('Forwarded many times').waitFor();
  await look('in');
});

it('shows reactions, edits and deletions on what they concern, without a reload', async () => {
  const { id } = await sandbox.write(ada.number, { to: shop, text: 'I come at five' });
  await page.getByText('I come at five').first().waitFor();
  await said({ kind: 'edit', messageId: id, text: 'I come at six' });
  await page.getByText('I come at six').first().waitFor();
  await page.getByText('Edited').waitFor();
  await sandbox.react(ada.number, { messageId: id, emoji: '🎉' });
  await page.getByRole('list', { name: 'Reactions' }).getByText('🎉').waitFor();
  await look('changed');
  await said({ kind: 'delete', messageId: id });
  await bubble('gone').getByText('This message was deleted').waitFor();
  expect(await page.getByRole('list', { name: 'Reactions' }).count()).toBe(0);
});

it('sends a location, a contact, a poll and an event from the page, and votes and results are live', async () => {
  const attach = async (kind: string) => {
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  };
  const send = () => page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await attach('Location');
  await send();
  await page.getByText('Enter a latitude and a longitude, in degrees.').waitFor();
  await page.getByLabel('Latitude and longitude').fill('-6.2, 106.8');
  await page.getByLabel('Name of the place').fill('Warehouse');
  await send();
  expect((await seen(({ kind }) => kind === 'location')).detail).toMatchObject({ latitude: -6.2, name: 'Warehouse' });
  await attach('Contact');
  await page.getByLabel('Name', { exact: true }).fill('Carol');
  await page.getByLabel('Phone number').fill('+9990000000003');
  await send();
  expect((await seen(({ kind }) => kind === 'contacts')).text).toBe('Carol');
  await attach('Poll');
  await page.getByLabel('Question').fill('When?');
  await page.getByLabel('Option 1').fill('Today');
  await page.getByLabel('Option 2').fill('Tomorrow');
  await send();
  const poll = await seen(({ kind }) => kind === 'poll');
  await said({ kind: 'vote', messageId: poll.id, options: ['Tomorrow'] });
  const tomorrow = bubble('poll').getByRole('button', { name: 'Tomorrow' });
  await tomorrow.getByText('1', { exact: true }).waitFor();
  await tomorrow.click();
  await tomorrow.getByText('2', { exact: true }).waitFor();
  const vote = await seen(({ kind, target }) => kind === 'vote' && target === poll.id);
  expect(vote.detail).toMatchObject({ options: ['Tomorrow'] });
  await attach('Event');
  await send();
  await page.getByText('Enter a name for it.').waitFor();
  await page.getByText('Choose a time that is still to come.').waitFor();
  await page.getByLabel('Name of the event').fill('Tasting');
  await page.getByLabel('Begins').fill('2099-05-01T18:00');
  await page.getByLabel('Ends').fill('2099-05-01T17:00');
  await page.getByLabel('Place').fill('Warehouse');
  await page.getByText('Choose a time after it begins.').waitFor();
  await expectAccessible(page);
  await look('event');
  await page.getByLabel('Ends').fill('2099-05-01T20:00');
  await send();
  expect(await seen(({ kind }) => kind === 'event')).toMatchObject({ text: 'Tasting', detail: { place: 'Warehouse' } });
  const tasting = page.locator('article[data-direction="out"][data-kind="event"]');
  await tasting.getByText('Tasting').waitFor();
  const { id: event } = await seen(({ kind, text }) => kind === 'event' && text === 'Tasting');
  await said({ kind: 'answer', messageId: event, answer: 'going' });
  await tasting.getByRole('button', { name: 'Going 1', exact: true, pressed: false }).waitFor();
  await said({ kind: 'answer', messageId: event, answer: 'maybe' });
  const maybe = tasting.getByRole('button', { name: 'Maybe 1', exact: true });
  await maybe.waitFor();
  expect(await maybe.getAttribute('title')).toBe('Ada');
  await tasting.getByRole('button', { name: 'Going 0', exact: true }).waitFor();
  await look('out');
});

it('replies, reacts, edits, forwards and deletes from the menu of a bubble', async () => {
  const composer = page.getByRole('textbox', { name: 'Message' });
  await menu(bubble('contacts'), 'Reply');
  await composer.fill('Thanks for Carol');
  await composer.press('Enter');
  const reply = await seen(({ text }) => text === 'Thanks for Carol');
  expect(reply.detail).toMatchObject({ quotes: expect.any(String) as string });
  const own = page.locator('article[data-direction="out"]', { hasText: 'Thanks for Carol' });
  await own.getByText('Contact: Carol').waitFor();
  await own.getByLabel('Delivered').waitFor();
  await menu(own, 'React with 👍');
  await own.getByRole('list', { name: 'Reactions' }).getByText('👍').waitFor();
  expect(await seen(({ kind }) => kind === 'reaction')).toMatchObject({ text: '👍', target: reply.id });
  await menu(own, 'Edit');
  await composer.fill('Thank you for Carol');
  await composer.press('Enter');
  const edited = page.locator('article[data-direction="out"]', { hasText: 'Thank you for Carol' }).first();
  await edited.getByText('Edited').waitFor();
  expect(await seen(({ kind }) => kind === 'edit')).toMatchObject({ text: 'Thank you for Carol', target: reply.id });
  await look('menu');
  await menu(edited, 'Forward');
  await page.getByRole('dialog').getByRole('button', { name: /Ada/ }).click();
  expect((await seen(({ detail }) => detail?.forwardingScore === 1)).text).toBe('Thank you for Carol');
  await menu(edited, 'Delete for everyone');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for everyone' }).click();
  expect(await seen(({ kind }) => kind === 'revoke')).toMatchObject({ target: reply.id });
  await page.locator('article[data-direction="out"][data-kind="gone"]').waitFor();
});

it('shows that somebody types, shows them that one types here, and read marks when the account gives them', async () => {
  await sandbox.show(ada.number, { to: shop, doing: 'typing' });
  await page.getByText('typing…').waitFor();
  await sandbox.show(ada.number, { to: shop, doing: 'paused' });
  await page.getByText('typing…').waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Message' }).pressSequentially('I');
  await sandbox.until(
    () => sandbox.shown(ada.number),
    (all) => all.some(({ doing, from }) => doing === 'typing' && from === shop),
  );
  const receiptsOf = async (id: string) =>
    (await sandbox.sent(ada.number)).items.find((note) => note.id === id)?.receipts.map(({ type }) => type) ?? [];
  const unmarked = await sandbox.write(ada.number, { to: shop, text: 'Is anybody there?' });
  await page.locator('article', { hasText: 'Is anybody there?' }).waitFor();
  await until('it to be read here', async () => (await api.chats(account.id)).items[0]?.unread === 0);
  const messaging = { readReceipts: true, linkPreviews: false, calls: 'ring', callReply: null };
  await api.call('PUT', `/whatsapp/accounts/${account.id}/messaging`, messaging);
  const { id } = await sandbox.write(ada.number, { to: shop, text: 'Did you see this?' });
  await sandbox.until(
    () => receiptsOf(id),
    (types) => types.includes('read'),
  );
  // What was read before that was chosen is not told later either.
  expect(await receiptsOf(unmarked.id)).not.toContain('read');
});

it('draws what a link shows, what is pinned, where somebody is now, and what has disappeared', async () => {
  await said({ kind: 'disappearing', text: 'Gone in a second', seconds: 1 });
  const loaded: string[] = [];
  page.on('request', (request) => void loaded.push(new URL(request.url()).hostname));
  const { id } = await said({
    kind: 'link',
    text: 'see https://shirts.example/',
    url: 'https://shirts.example/',
    title: 'Shirts of the season',
  });
  const card = page.getByRole('link', { name: /Shirts of the season/ });
  await card.waitFor();
  await expect.poll(() => card.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(72);
  await said({ kind: 'pin', messageId: id, seconds: 86_400 });
  await page.locator('article', { has: card }).getByText('Pinned').waitFor({ state: 'attached' });
  await said({ kind: 'live_location', latitude: 1, longitude: 2 });
  await bubble('live_location').getByText('1.00000, 2.00000').waitFor();
  const count = await page.locator('article[data-kind="live_location"]').count();
  await said({ kind: 'live_location', latitude: 1.5, longitude: 2, after: 60 });
  await bubble('live_location').getByText('1.50000, 2.00000').waitFor();
  expect(await page.locator('article[data-kind="live_location"]').count()).toBe(count);
  expect(new Set(loaded)).not.toContain('shirts.example');
  await bubble('gone').getByText('This message disappeared').waitFor();
  expect(await page.getByText('Gone in a second').count()).toBe(0);
  await look('link');
  await everyLook(page, 'link', look);
});

it('shows calls, and declines them with a reply when the account is set so', async () => {
  const first = await sandbox.call(ada.number, { to: shop });
  await bubble('call').getByText('Ringing').waitFor();
  await sandbox.call(ada.number, { to: shop, end: first.callId });
  await bubble('call').getByText('Missed').waitFor();
  const messaging = {
    readReceipts: false,
    linkPreviews: false,
    calls: 'reject',
    callReply: 'Please write to us instead.',
  };
  await api.call('PUT', `/whatsapp/accounts/${account.id}/messaging`, messaging);
  for (const video of [false, true]) {
    const { callId } = await sandbox.call(ada.number, { to: shop, video });
    await sandbox.until(
      () => sandbox.answered(ada.number),
      (all) => all.some((one) => one.callId === callId && one.how === 'reject'),
    );
  }
  await bubble('call').getByText('Video call').waitFor();
  await bubble('call').getByText('Declined').waitFor();
  await seen(({ text }) => text === messaging.callReply);
  await sandbox.write(ada.number, { to: shop, text: 'All right' });
  await page.getByText('All right').first().waitFor();
  const replies = (await sandbox.seen(ada.number)).items.filter(({ text }) => text === messaging.callReply);
  expect(replies).toHaveLength(1);
  await look('calls');
});

it('says in the header that the person records, is online, and when they were last there', async () => {
  await sandbox.show(ada.number, { to: shop, doing: 'recording' });
  await page.getByText('recording…').waitFor();
  await sandbox.show(ada.number, { to: shop, doing: 'paused' });
  await sandbox.appear(ada.number, true);
  await page.getByText('Online', { exact: true }).waitFor();
  await sandbox.appear(ada.number, false);
  await page.getByText('last seen').waitFor();
});

chatPageCases(() => ({ page, sandbox, api, ada, shop, look, onMessage: menu }));

it('finds messages by their words', async () => {
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('did you se');
  await page.getByRole('region', { name: 'Messages' }).getByText('Did you see this?').waitFor();
  await look('found');
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('');
});

it('is accessible, in light and dark and on a phone', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expectAccessible(page);
    await look(`whole-${scheme}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Back to the chats' }).waitFor();
  await look('phone');
});

it('keeps what was begun in a conversation, over a reload and an edit, and says so in the list', async () => {
  const composer = page.getByRole('textbox', { name: 'Message' });
  await composer.fill('We have them in');
  await page.reload();
  await expect.poll(() => composer.inputValue()).toBe('We have them in');
  const sent = page.locator('article[data-direction="out"]', { hasText: 'Please write to us instead.' });
  await menu(sent, 'Edit');
  await expect.poll(() => composer.inputValue()).toBe('Please write to us instead.');
  await composer.press('Escape');
  await expect.poll(() => composer.inputValue()).toBe('We have them in');
  await page.getByRole('button', { name: 'Back to the chats' }).click();
  await chatRow(page, ada).getByText('Draft: We have them in').waitFor();
  await look('draft');
});
