/**
 * What follows from a plaintext in steps of its own: the key of a group that came with it, the votes that it opens, what the own
 * phone says to its devices. The process dies when the ciphertext is open and durable, and nothing of that is. Nobody
 * sends it again on request: what is delivered again is read from what was kept, since its key is spent (S22).
 */
import { expect, it } from 'vitest';
import type { EngineEvent } from '../engine.js';
import type { MemoryJournal } from '../testing/memory-journal.js';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function keptContract(world: ContractWorld): void {
  const silent = () => world.control.createPerson({ rule: { kind: 'silent' } });

  it('reads a message to a group when it died over the key that came with it', async () => {
    const account = await TestAccount.online(world);
    const ada = await silent();
    const participants = [account.phone.number];
    const group = await world.control.createGroup({ subject: 'Two', creator: ada.number, participants });
    await account.diesOnceOpened(() => world.control.write(ada.number, { to: group.id, text: 'first' }));
    expect(account.journal.ids('sender-key')).toEqual([]);
    await account.login();
    await account.message('first');
    await world.control.write(ada.number, { to: group.id, text: 'second' });
    await account.message('second');
    expect(account.messages('first')).toHaveLength(1);
    expect((await world.control.getPerson(ada.number)).counts.retriesAnswered).toBe(0);
  });

  it('opens a vote when it died over it, and keeps a poll of which it died', async () => {
    const account = await TestAccount.online(world);
    const ada = await silent();
    const to = account.phone.number;
    const poll = { kind: 'poll' as const, question: 'When?', options: ['now', 'later'] };
    let pollId = '';
    await account.diesOnceOpened(async () => {
      pollId = (await world.control.say(ada.number, { to, content: poll })).id;
    });
    await account.login();
    let voteId = '';
    await account.diesOnceOpened(async () => {
      const vote = { kind: 'vote' as const, messageId: pollId, options: ['later'] };
      voteId = (await world.control.say(ada.number, { to, content: vote })).id;
    });
    await account.login();
    const read = () => account.journal.eventsOf('message-read').find(({ waId }) => waId === voteId);
    expect((await account.journal.until(read, 'the vote')).content).toEqual({
      kind: 'vote',
      targetWaId: pollId,
      options: ['later'],
    });
  });

  it('has all that its phone says to a new device, though it died over each of it', async () => {
    const { account, texts } = await withPast(130);
    const lives: MemoryJournal[] = [];
    // The key to its app state, and the past in two parts.
    for (let said = 0; said < 3; said += 1) {
      lives.push(account.journal);
      await account.diesOnceOpened(async () => account.open(true));
    }
    await account.login();
    await account.journal.until(all(texts, [...lives, account.journal]), 'all of the past');
    await account.journal.until(() => account.journal.ids('app-state-sync-key')[0], 'the key to the app state');
  });

  it('lets the phone know that it has the past when it has all of it, and not before', async () => {
    const { account, texts } = await withPast(40);
    let left = texts.length;
    const isLast = (event: EngineEvent) => event.type === 'message' && --left === 0;
    const { journal: before } = account;
    await account.diesBefore(isLast, async () => account.open(true));
    expect(before.eventsOf('message')).toHaveLength(texts.length - 1);
    await account.login();
    await account.journal.until(all(texts, [before, account.journal]), 'all of the past');
  });

  const all = (texts: string[], lives: MemoryJournal[]) => () => {
    const told = lives.flatMap((life) => life.eventsOf('message')).map(({ message }) => message.content);
    const said = new Set(told.map((content) => content.kind === 'text' && content.text));
    return texts.every((text) => said.has(text)) ? true : undefined;
  };

  /** Linked and not logged in yet, of a phone with so many messages. */
  async function withPast(count: number) {
    const phone = await world.control.createPhone({ pushName: 'Shop' });
    const ada = await silent();
    const texts = Array.from({ length: count }, (_, n) => `past ${n}`);
    for (const text of texts) await world.control.write(ada.number, { to: phone.number, text });
    await world.control.until(
      () => world.control.getPhone(phone.number),
      ({ counts }) => counts.seen === count,
    );
    const account = TestAccount.of(world, phone);
    await account.link();
    return { account, texts };
  }
}
