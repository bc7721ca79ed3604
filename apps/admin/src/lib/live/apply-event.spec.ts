import { EVENT_NAMES, type Account, type Chat, type Group, type Message } from '@trunkline/contracts';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aChat, aGroup, aMessage, anAccount, anEvent, aState } from '../../testing/builders';
import { applyEvent } from './apply-event';
import { keys } from './keys';
import { itemsOf, type Pages } from './pages';

const pages = <T>(...items: T[]): Pages<T> => ({ pages: [{ items, nextCursor: null }], pageParams: [null] });

let client: QueryClient;
beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
});
afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

const put = <T>(key: readonly unknown[], ...items: T[]) => client.setQueryData(key, pages(...items));
const list = <T>(key: readonly unknown[]) => itemsOf(client.getQueryData<Pages<T>>(key));
const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

describe('accounts', () => {
  const account = anAccount({ state: { status: 'authenticating', connection: 'connecting' } });
  const status = (state: Parameters<typeof aState>[0]) =>
    anEvent('account.status', account.id, { state: aState(state), statusNote: 'A note' });
  const held = () => client.getQueryData<Account>(keys.account(account.id));

  beforeEach(() => {
    client.setQueryData(keys.account(account.id), account);
    put(keys.accounts({}), account, anAccount());
  });

  it('takes a new status into the account and into each list', () => {
    applyEvent(client, status({ status: 'active', connection: 'connected' }));
    expect(held()).toMatchObject({ state: { status: 'active' }, statusNote: 'A note' });
    expect(list<Account>(keys.accounts({}))[0]).toMatchObject({ state: { connection: 'connected' } });
    expect(list<Account>(keys.accounts({}))[1]).toMatchObject({ statusNote: null });
  });

  it('notes when it was linked, came online and went offline', () => {
    applyEvent(client, status({ connection: 'connected' }));
    expect(held()).toMatchObject({ linkedAt: '2026-11-24T11:00:00.000Z', lastConnectedAt: '2026-11-24T11:00:00.000Z' });
    applyEvent(client, status({ connection: 'reconnecting' }));
    expect(held()?.lastDisconnectedAt).toBe('2026-11-24T11:00:00.000Z');
  });

  it('loads a list again that is filtered by what changed, once for a burst', () => {
    put(keys.accounts({ status: 'authenticating' }), account);
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    for (let times = 0; times < 50; times++) applyEvent(client, status({ connection: 'connected' }));
    vi.runAllTimers();
    expect(isStale(keys.accounts({ status: 'authenticating' }))).toBe(true);
    expect(isStale(keys.accounts({}))).toBe(false);
    expect(invalidate.mock.calls.length).toBeLessThan(4);
  });

  it('shows each new QR, and none once linking is over', () => {
    const qr = { secretId: account.id, text: 'https://wa.me/…', expiresAt: '2026-11-24T11:00:20.000Z' };
    applyEvent(client, anEvent('account.qr', account.id, qr));
    expect(client.getQueryData(keys.qr(account.id))).toEqual({ text: qr.text, expiresAt: qr.expiresAt });
    applyEvent(client, status({ status: 'warming', connection: 'connecting' }));
    expect(client.getQueryData(keys.qr(account.id))).not.toBeNull();
    applyEvent(client, status({ status: 'authenticating' }));
    expect(client.getQueryData(keys.qr(account.id))).toBeNull();
  });

  it('asks for a QR whose text was withheld', () => {
    client.setQueryData(keys.qr(account.id), null);
    applyEvent(
      client,
      anEvent('account.qr', account.id, { secretId: account.id, text: null, expiresAt: '2026-11-24T11:00:20.000Z' }),
    );
    vi.runAllTimers();
    expect(isStale(keys.qr(account.id))).toBe(true);
  });

  it('keeps an error until the state speaks of something else', () => {
    const error = { message: 'Nobody scanned.', reason: 'qr_expired', action: 'retry_initialize' } as const;
    applyEvent(client, anEvent('account.error', account.id, error));
    applyEvent(client, status({ status: 'inactive', reason: 'qr_expired' }));
    expect(client.getQueryData(keys.accountError(account.id))).toEqual(error);
    applyEvent(client, status({ status: 'warming', reason: 'none' }));
    expect(client.getQueryData(keys.accountError(account.id))).toBeNull();
  });

  it('takes the number', () => {
    applyEvent(
      client,
      anEvent('account.phone_number', account.id, { phoneNumber: '+9991', source: 'engine', pushName: 'Shop' }),
    );
    expect(held()).toMatchObject({ phoneNumber: '+9991', phoneNumberSource: 'engine', pushName: 'Shop' });
  });

  it('drops what was deleted, with its chats', () => {
    put(keys.chats({}), aChat({ accountId: account.id }), aChat({ id: 'other' }));
    applyEvent(client, anEvent('account.deleted', account.id, { accountId: account.id }));
    expect(list<Account>(keys.accounts({})).map(({ id }) => id)).not.toContain(account.id);
    expect(list<Chat>(keys.chats({})).map(({ id }) => id)).toEqual(['other']);
  });
});

describe('messages', () => {
  const old = aMessage({ ordinal: '9' });
  beforeEach(() => {
    put(keys.messages('chat'), old);
    put(keys.chats({}), aChat({ id: 'other' }), aChat({ lastMessage: old, lastActivityAt: old.timestamp }));
  });
  const shown = () => list<Message>(keys.messages('chat'));
  const chats = () => list<Chat>(keys.chats({}));

  it('puts a new one first, counts it as unread and moves its chat to the top', () => {
    const message = aMessage({ ordinal: '10', timestamp: '2026-11-24T11:00:00.000Z' });
    applyEvent(client, anEvent('message.received', 'account', { message }));
    expect(shown().map(({ ordinal }) => ordinal)).toEqual(['10', '9']);
    expect(chats()[0]).toMatchObject({ id: 'chat', unread: 1, lastActivityAt: message.timestamp });
  });

  it('keeps those of a history behind those that came, also among themselves', () => {
    for (const ordinal of ['-120', '-9', '11'])
      applyEvent(client, anEvent('message.received', 'account', { message: aMessage({ ordinal }) }));
    expect(shown().map(({ ordinal }) => ordinal)).toEqual(['11', '9', '-9', '-120']);
  });

  it('changes nothing when the same event comes again', () => {
    const event = anEvent('message.received', 'account', { message: aMessage({ ordinal: '10' }) });
    applyEvent(client, event);
    const once = [shown(), chats()];
    applyEvent(client, event);
    expect([shown(), chats()]).toEqual(once);
  });

  it('does not count what is written here, nor reactions, as unread', () => {
    applyEvent(
      client,
      anEvent('message.created', 'account', { message: aMessage({ direction: 'out', ordinal: '10' }) }),
    );
    const reaction = aMessage({ content: { kind: 'reaction', emoji: '👍', targetWaId: old.waId }, ordinal: '11' });
    applyEvent(client, anEvent('message.received', 'account', { message: reaction }));
    expect(chats()[0]).toMatchObject({ unread: 0, lastMessage: { ordinal: '10' } });
    expect(shown()).toHaveLength(2);
  });

  it('draws a message as it reads now, and never lets its status fall', () => {
    const read = aMessage({ direction: 'out', status: 'read' });
    applyEvent(client, anEvent('message.created', 'account', { message: read }));
    const reactions = [{ emoji: '👍', by: [{ personId: 'ada', name: 'Ada' }] }];
    applyEvent(client, anEvent('message.updated', 'account', { message: { ...read, status: 'sent', reactions } }));
    expect(shown()[0]).toMatchObject({ status: 'read', reactions });
    expect(chats()[0]?.lastMessage).toMatchObject({ status: 'read', reactions });
  });

  it('never lets a status go backwards', () => {
    const message = aMessage({ direction: 'out', ordinal: '10' });
    const status = (to: Message['status']) =>
      anEvent('message.status', 'account', {
        messageId: message.id,
        chatId: 'chat',
        waId: message.waId,
        status: to,
        failure: null,
        at: '2026-11-24T11:00:01.000Z',
      });
    applyEvent(client, anEvent('message.created', 'account', { message }));
    for (const to of ['sent', 'read', 'delivered'] as const) applyEvent(client, status(to));
    expect(shown()[0]).toMatchObject({ status: 'read', sentAt: '2026-11-24T11:00:01.000Z' });
    expect(chats()[0]?.lastMessage?.status).toBe('read');
    applyEvent(client, anEvent('message.created', 'account', { message }));
    expect(shown()[0]?.status).toBe('read');
  });

  it('offers to take back what waits, not what is on its way, and again what certainly never left', () => {
    const message = aMessage({ direction: 'out', ordinal: '10' });
    const status = { messageId: message.id, chatId: 'chat', waId: message.waId, failure: null };
    const sending = { ...status, status: 'sending' as const, at: '2026-11-24T11:00:01.000Z' };
    applyEvent(client, anEvent('message.created', 'account', { message }));
    expect(shown()[0]?.cancellable).toBe(true);
    applyEvent(client, anEvent('message.status', 'account', sending));
    expect(shown()[0]?.cancellable).toBe(false);
    // An answer from before it left undoes nothing.
    applyEvent(client, anEvent('message.created', 'account', { message }));
    expect(shown()[0]?.cancellable).toBe(false);
    const unsent: Message = { ...message, status: 'sending', cancellable: true };
    applyEvent(client, anEvent('message.updated', 'account', { message: unsent }));
    expect(shown()[0]).toMatchObject({ status: 'sending', cancellable: true });
  });

  it('loads the lists again for a chat that none holds, but not the lists of other accounts', () => {
    put(keys.chats({ accountId: 'elsewhere' }));
    applyEvent(client, anEvent('message.received', 'account', { message: aMessage({ chatId: 'new' }) }));
    vi.runAllTimers();
    expect(isStale(keys.chats({}))).toBe(true);
    expect(isStale(keys.chats({ accountId: 'elsewhere' }))).toBe(false);
  });

  it('removes a chat that went into another', () => {
    applyEvent(client, anEvent('chat.merged', 'account', { chatId: 'other', intoChatId: 'chat' }));
    vi.runAllTimers();
    expect(chats().map(({ id }) => id)).toEqual(['chat']);
    expect(isStale(keys.messages('chat'))).toBe(true);
  });
});

describe('groups', () => {
  it('takes changes, and lets go of a group that no account is in any more', () => {
    put(keys.groups({}), aGroup());
    applyEvent(client, anEvent('group.updated', 'account', { group: aGroup({ subject: 'Friends' }) }));
    expect(list<Group>(keys.groups({}))).toMatchObject([{ subject: 'Friends' }]);
    applyEvent(client, anEvent('group.left', 'account', { groupId: 'group' }));
    expect(list(keys.groups({}))).toEqual([]);
  });
});

it('is safe for every event while nothing is loaded, and for events of a newer server', () => {
  const message = aMessage();
  const chat = aChat();
  const account = anAccount();
  const payloads = {
    account,
    message,
    chat,
    group: aGroup(),
    post: { channelId: 'channel' },
    profile: { accountId: account.id, personId: null, groupId: null },
    state: aState(),
    statusNote: null,
    accountId: account.id,
    chatId: 'chat',
    intoChatId: 'other',
    messageId: message.id,
    status: 'sent',
    failure: null,
    at: message.timestamp,
    groupId: 'group',
    text: 'x',
    expiresAt: message.timestamp,
    reason: 'none',
    action: null,
  };
  for (const event of EVENT_NAMES) applyEvent(client, anEvent(event, account.id, payloads as never));
  applyEvent(client, anEvent('campaign.started' as never, null, {} as never));
  vi.runAllTimers();
});

describe('what is done with chats', () => {
  const at = '2026-11-24T11:00:00.000Z';
  const [ada, bob, carol] = ['ada', 'bob', 'carol'].map((id) => aChat({ id, title: id })) as [Chat, Chat, Chat];
  const told = (chat: Chat) => applyEvent(client, anEvent('chat.updated', 'account', { chat }));
  const titles = (filter: object) => list<Chat>(keys.chats(filter)).map(({ id }) => id);

  it('stands above the others while it is pinned, whatever comes', () => {
    put(keys.chats({}), ada, bob, carol);
    told({ ...carol, pinnedAt: at });
    expect(titles({})).toEqual(['carol', 'ada', 'bob']);
    applyEvent(client, anEvent('message.received', 'account', { message: aMessage({ chatId: 'bob', ordinal: '9' }) }));
    expect(titles({})).toEqual(['carol', 'bob', 'ada']);
    told(carol);
    vi.advanceTimersByTime(300);
    expect(isStale(keys.chats({}))).toBe(true);
  });

  it('goes from the list to the archive and back', () => {
    put(keys.chats({ archived: false }), ada, bob);
    put(keys.chats({ archived: true }));
    put(keys.chats({}), ada, bob);
    told({ ...ada, archived: true });
    expect(titles({ archived: false })).toEqual(['bob']);
    expect(titles({})).toEqual(['ada', 'bob']);
    vi.advanceTimersByTime(300);
    expect(isStale(keys.chats({ archived: true }))).toBe(true);
  });

  it('loads a conversation again when older messages have come', () => {
    put(keys.messages('ada'), aMessage({ chatId: 'ada' }));
    applyEvent(client, anEvent('chat.history', 'account', { chatId: 'ada', count: 50, more: true }));
    vi.advanceTimersByTime(300);
    expect(isStale(keys.messages('ada'))).toBe(true);
  });
});
