import { expect, it } from 'vitest';
import type { EngineEvent } from '../engine.js';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

type Ask = () => Promise<unknown>;

export function historyContract(world: ContractWorld): void {
  it('tells how far the past has come, part by part', async () => {
    const { account, texts } = await withPast(130);
    const last = () => account.journal.eventsOf('history-progress').find(({ percent }) => percent === 100);
    await account.journal.until(last, 'all of the past');
    const percents = account.journal.eventsOf('history-progress').map(({ percent }) => percent);
    expect(percents).toEqual([50, 100]);
    const past = account.journal.eventsOf('message').map(({ message }) => message);
    expect(past.every(({ history }) => history)).toBe(true);
    expect(new Set(past.map(({ content }) => content.kind === 'text' && content.text))).toEqual(new Set(texts));
  });

  it('asks the phone for what came before, until it has no more', async () => {
    const { account, ada, notes } = await withPast(12, 4);
    const progress = () => account.journal.eventsOf('history-progress')[0];
    await account.journal.until(progress, 'the first part');
    const here = () => account.journal.eventsOf('message').map(({ message }) => message);
    expect(here()).toHaveLength(4);
    for (const [round, more] of [
      [1, true],
      [2, false],
    ] as const) {
      const { id: waId, at } = notes[notes.length - here().length]!;
      const oldest = { waId, fromMe: false, sender: byNumber(ada), at };
      expect(await account.session.chats!.older(byNumber(ada), oldest, 5)).toEqual({ ok: true });
      const told = () => account.journal.eventsOf('older-messages')[round - 1];
      const { count, more: still, chat } = await account.journal.until(told, `answer ${round}`);
      expect([count, still]).toEqual([round === 1 ? 5 : 3, more]);
      expect(chat).toMatchObject({ phone: ada });
    }
    expect(
      here()
        .map(({ waId }) => waId)
        .toSorted(),
    ).toEqual(notes.map(({ id }) => id).toSorted());
    expect(here().every(({ history }) => history)).toBe(true);
  });

  it.each([
    ['over the answer', (account: TestAccount, ask: Ask) => account.diesOnceOpened(ask)],
    ['over a message of it', (account: TestAccount, ask: Ask) => account.diesBefore(isMessage, ask)],
    ['before it was told that this is all', (account: TestAccount, ask: Ask) => account.diesBefore(isEnd, ask)],
  ])('has what came before when it died %s, without asking again (S22)', async (_, dies) => {
    const { account, ada, notes } = await withPast(12, 4);
    await account.journal.event('history-progress');
    const { id: waId, at } = notes[8]!;
    const oldest = { waId, fromMe: false, sender: byNumber(ada), at };
    const { journal: before } = account;
    await dies(account, async () => void account.session.chats!.older(byNumber(ada), oldest, 50));
    await account.login();
    expect(await account.journal.event('older-messages')).toMatchObject({ count: 8, more: false });
    const here = [before, account.journal].flatMap((life) =>
      life.eventsOf('message').map(({ message }) => message.waId),
    );
    expect(new Set(here)).toEqual(new Set(notes.map(({ id }) => id)));
  });

  const isMessage = (event: EngineEvent) => event.type === 'message';
  const isEnd = (event: EngineEvent) => event.type === 'older-messages';

  async function withPast(count: number, firstSync?: number) {
    const phone = await world.control.createPhone({
      pushName: 'Shop',
      ...(firstSync === undefined ? {} : { firstSync }),
    });
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const texts = Array.from({ length: count }, (_, n) => `past ${n}`);
    const notes = [];
    for (const text of texts) notes.push(await world.control.write(ada.number, { to: phone.number, text }));
    await world.control.until(
      () => world.control.getPhone(phone.number),
      ({ counts }) => counts.seen === count,
    );
    const account = TestAccount.of(world, phone);
    await account.link();
    await account.login();
    return { account, ada: ada.number, texts, notes };
  }
}
