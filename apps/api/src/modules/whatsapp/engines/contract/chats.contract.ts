import { MUTED_FOR_EVER } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import type { ChatEnd, ChatMark } from '../chats.js';
import type { EngineEvent } from '../engine.js';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

const TOMORROW = 1_900_000_000_000;

export function chatsContract(world: ContractWorld): void {
  it('does with a chat what the phone then shows, and tells it once', async () => {
    const { account, ada, end } = await talking();
    const marks: ChatMark[] = [
      { archived: true },
      { pinnedAt: TOMORROW },
      { mutedUntil: TOMORROW },
      { markedUnread: true },
    ];
    for (const mark of marks) expect(await chats(account).mark(byNumber(ada), mark, end)).toEqual({ ok: true });
    const shown = await phoneShows(account, ({ markedUnread }) => markedUnread);
    expect(shown).toMatchObject({ chat: ada, archived: true, pinned: true, mutedUntil: TOMORROW, markedUnread: true });
    await account.journal.settled();
    expect(account.journal.eventsOf('chat-marked').map(({ mark }) => mark)).toEqual(marks);

    await chats(account).mark(byNumber(ada), { mutedUntil: MUTED_FOR_EVER }, null);
    await phoneShows(account, ({ mutedUntil }) => mutedUntil === -1);
    await chats(account).mark(byNumber(ada), { mutedUntil: null }, null);
    await chats(account).mark(byNumber(ada), { archived: false }, null);
    expect(await phoneShows(account, ({ archived }) => !archived)).toMatchObject({ mutedUntil: null, pinned: true });
  });

  it('is told what the phone does with a chat, also while it was away', async () => {
    const { account, ada } = await talking();
    const { number } = account.phone;
    await world.control.markChat(number, { chat: ada, archived: true, pinned: true });
    await told(account, { archived: true });
    expect(await told(account, { pinnedAt: expect.any(Number) as never })).toMatchObject({ chat: { phone: ada } });
    await account.session.disconnect();
    await world.control.markChat(number, { chat: ada, archived: false, mutedUntil: -1, markedUnread: true });
    await account.login();
    await told(account, { archived: false });
    await told(account, { mutedUntil: MUTED_FOR_EVER });
    await told(account, { markedUnread: true });
  });

  it('writes on top of what the phone wrote at the same time', async () => {
    const { account, ada, end } = await talking();
    const { number } = account.phone;
    await Promise.all([
      chats(account).mark(byNumber(ada), { archived: true }, end),
      world.control.markChat(number, { chat: ada, pinned: true }),
      chats(account).mark(byNumber(ada), { markedUnread: true }, end),
      world.control.markChat(number, { chat: ada, mutedUntil: TOMORROW }),
    ]);
    const shown = await phoneShows(account, (marks) => marks.archived && marks.markedUnread);
    expect(shown).toMatchObject({ archived: true, pinned: true, markedUnread: true, mutedUntil: TOMORROW });
    await told(account, { pinnedAt: expect.any(Number) as never });
    await told(account, { mutedUntil: TOMORROW });
  });

  it('gives stars and takes them back, both ways', async () => {
    const { account, ada, end } = await talking();
    expect(await chats(account).star(byNumber(ada), end, true)).toEqual({ ok: true });
    const starred = () => world.control.phoneChats(account.phone.number).then((all) => all.starred);
    await world.control.until(starred, (ids) => ids.includes(end.waId));
    const own = await account.sendText(byNumber(ada), 'mine');
    await world.control.waitForSeen(account.phone.number, ({ id }) => id === own);
    await world.control.starMessage(account.phone.number, { messageId: own, starred: true });
    await world.control.starMessage(account.phone.number, { messageId: end.waId, starred: false });
    const stars = () => {
      const all = account.journal.eventsOf('starred').map(({ waId, starred: on }) => [waId, on]);
      return all.length === 3 ? all : undefined;
    };
    expect(await account.journal.until(stars, 'three stars')).toEqual([
      [end.waId, true],
      [own, true],
      [end.waId, false],
    ]);
  });

  it('blocks a person, who reaches it no more, and hears of what the phone blocks', async () => {
    const { account, ada } = await talking();
    const bob = await world.control.createPerson({ rule: { kind: 'silent' } });
    const told = (blocked: boolean) =>
      account.journal.until(
        () => account.journal.eventsOf('blocked').find((one) => one.person.phone === ada && one.blocked === blocked),
        `the word that it is ${blocked ? '' : 'not '}blocked`,
      );
    expect(await chats(account).block(byNumber(ada), true)).toEqual({ ok: true });
    await told(true);
    const blocked = (chat: string) =>
      world.control.until(
        () => world.control.phoneChats(account.phone.number),
        (all) => all.chats.some((one) => one.chat === chat && one.blocked),
      );
    await blocked(ada);
    await world.control.write(ada, { to: account.phone.number, text: 'can you hear me?' });
    await world.control.write(bob.number, { to: account.phone.number, text: 'I can' });
    await account.message('I can');
    expect(account.messages('can you hear me?')).toEqual([]);
    expect(await chats(account).block(byNumber(ada), false)).toEqual({ ok: true });
    await told(false);
    await world.control.write(ada, { to: account.phone.number, text: 'and now?' });
    await account.message('and now?');

    await world.control.markChat(account.phone.number, { chat: bob.number, blocked: true });
    const heard = () =>
      account.journal.eventsOf('blocked').find(({ person, blocked: on }) => person.phone === bob.number && on);
    await account.journal.until(heard, 'the phone blocked bob');
  });

  it('knows whom the phone had blocked before it was linked', async () => {
    const account = await TestAccount.create(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.markChat(account.phone.number, { chat: ada.number, blocked: true });
    await account.link();
    await account.login();
    const list = () => account.journal.eventsOf('blocklist')[0];
    expect((await account.journal.until(list, 'the list')).people).toMatchObject([{ lid: ada.lid }]);
  });

  it('sets how long messages live, for a person and for a group', async () => {
    const { account, ada } = await talking();
    expect(await chats(account).setTimer(byNumber(ada), 86_400)).toEqual({ ok: true });
    const timer = () => account.journal.eventsOf('ephemeral')[0];
    expect(await account.journal.until(timer, 'timer')).toMatchObject({ chat: { phone: ada }, seconds: 86_400 });
    const group = await world.control.createGroup({
      subject: 'Ours',
      creator: account.phone.number,
      participants: [ada],
    });
    expect(await chats(account).setTimer(group.id as never, 604_800)).toEqual({ ok: true });
    expect(await chats(account).setTimer(byNumber(ada), null)).toEqual({ ok: true });
    const timers = await world.control.until(
      async () => (await world.control.seen(ada)).items.filter(({ kind }) => kind === 'timer'),
      (all) => all.length === 2,
    );
    expect(timers.map(({ detail }) => detail?.seconds)).toEqual([86_400, 0]);
  });

  it('tells a change again that was made and not kept before a crash, and makes it once', async () => {
    const { account, ada, end } = await talking();
    account.journal.holdCommits();
    account.journal.holdFrames();
    const change = chats(account).mark(byNumber(ada), { archived: true }, end);
    await account.crashed();
    expect(await change).toMatchObject({ ok: false });
    await account.login();
    expect(await chats(account).mark(byNumber(ada), { archived: true }, end)).toEqual({ ok: true });
    expect(await phoneShows(account, ({ archived }) => archived)).toMatchObject({ chat: ada });
    await account.journal.settled();
    expect(account.journal.eventsOf('chat-marked')).toMatchObject([{ mark: { archived: true } }]);
  });

  it('is told again what the phone did with a chat, when it died over it', async () => {
    const { account, ada } = await talking();
    await account.diesBefore(isPin, () => world.control.markChat(account.phone.number, { chat: ada, pinned: true }));
    await account.login();
    expect(await told(account, { pinnedAt: expect.any(Number) as never })).toMatchObject({ chat: { phone: ada } });
  });

  it('says that it pinned a chat when it died over the answer, and pins it again', async () => {
    const { account, ada, end } = await talking();
    const pin: ChatMark = { pinnedAt: TOMORROW };
    await account.diesBefore(isPin, async () => void chats(account).mark(byNumber(ada), pin, null));
    expect(await phoneShows(account, ({ pinned }) => pinned)).toMatchObject({ chat: ada });
    await account.login();
    // What left is not told by anybody else: the next look at that part of app state reads it back.
    expect(await chats(account).mark(byNumber(ada), { markedUnread: true }, end)).toEqual({ ok: true });
    const pins = async () => {
      await account.journal.settled();
      return account.journal.eventsOf('chat-marked').filter(isPin);
    };
    expect(await pins()).toMatchObject([{ chat: { phone: ada }, mark: { pinnedAt: expect.any(Number) } }]);
    // Its command is not answered: the next owner does it once more.
    expect(await chats(account).mark(byNumber(ada), pin, null)).toEqual({ ok: true });
    expect(await pins()).toHaveLength(2);
    expect(await chats(account).mark(byNumber(ada), { pinnedAt: null }, null)).toEqual({ ok: true });
    await phoneShows(account, ({ pinned }) => !pinned);
  });

  const isPin = (event: EngineEvent) => event.type === 'chat-marked' && 'pinnedAt' in event.mark;

  async function talking(): Promise<{ account: TestAccount; ada: string; end: ChatEnd }> {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const { id, at } = await world.control.write(ada.number, { to: account.phone.number, text: 'hi' });
    const { sender } = await account.message('hi');
    return { account, ada: ada.number, end: { waId: id, fromMe: false, sender, at } };
  }

  const chats = (account: TestAccount) => account.session.chats!;

  async function phoneShows(account: TestAccount, fits: (marks: Marks) => boolean): Promise<Marks> {
    const { chats: all } = await world.control.until(
      () => world.control.phoneChats(account.phone.number),
      (now) => now.chats.some(fits),
    );
    return all.find(fits)!;
  }

  const told = (account: TestAccount, mark: object) =>
    account.journal.until(
      () =>
        account.journal.eventsOf('chat-marked').find((event) => {
          try {
            expect(event.mark).toEqual(mark);
            return true;
          } catch {
            return false;
          }
        }),
      JSON.stringify(mark),
    );
}

type Marks = Awaited<ReturnType<ContractWorld['control']['phoneChats']>>['chats'][number];
