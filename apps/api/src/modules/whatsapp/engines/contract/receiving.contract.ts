import { expect, it } from 'vitest';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function receivingContract(world: ContractWorld): void {
  it.each(['pn', 'lid'] as const)('takes messages of a person who writes by %s', async (addressing) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ name: 'Ada', addressing, rule: { kind: 'silent' } });
    const { id } = await world.control.write(ada.number, { to: account.phone.number, text: 'hi' });
    const message = await account.message('hi');
    expect(message).toMatchObject({
      waId: id,
      chat: { phone: ada.number, lid: ada.lid },
      sender: { phone: ada.number, lid: ada.lid },
      senderName: 'Ada',
      fromMe: false,
      history: false,
    });
    const delivered = ({ receipts }: { receipts: { type: string }[] }) => receipts.length > 0;
    await world.control.until(
      async () => (await world.control.sent(ada.number)).items[0],
      (sent) => sent !== undefined && delivered(sent),
    );
  });

  it('takes messages of a group, and what is quoted and reacted to', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const group = await world.control.createGroup({
      subject: 'Two',
      creator: ada.number,
      participants: [account.phone.number],
    });
    const first = await world.control.write(ada.number, { to: group.id, text: 'first' });
    await world.control.write(ada.number, { to: group.id, text: 'second', quote: first.id });
    expect(await account.message('second')).toMatchObject({
      chat: group.id,
      sender: { phone: ada.number },
      quotedWaId: first.id,
    });
    await world.control.react(ada.number, { messageId: first.id, emoji: '🎉' });
    const reaction = () =>
      account.journal.eventsOf('message').find(({ message }) => message.content.kind === 'reaction')?.message;
    expect((await account.journal.until(reaction, 'a reaction')).content).toMatchObject({
      emoji: '🎉',
      targetWaId: first.id,
    });
  });

  it('shows what the phone itself sent', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.write(account.phone.number, { to: ada.number, text: 'from the phone' });
    expect(await account.message('from the phone')).toMatchObject({ fromMe: true, chat: { lid: ada.lid } });
  });

  it('gets what came while it was away, in order and once', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await account.session.disconnect();
    for (const value of ['one', 'two', 'three'])
      await world.control.write(ada.number, { to: account.phone.number, text: value });
    await account.login();
    await account.message('three');
    const texts = account.journal.eventsOf('message').map(({ message }) => message.content);
    expect(texts.flatMap((content) => (content.kind === 'text' ? content.text : []))).toEqual(['one', 'two', 'three']);
  });

  it('loses nothing when it crashes between decrypting and committing (S22)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.write(ada.number, { to: account.phone.number, text: 'before' });
    await account.message('before');
    account.journal.holdCommits();
    const put = account.journal.put.bind(account.journal);
    const decrypted = new Promise<void>((resolve) => {
      account.journal.put = (kind, id, value) => {
        put(kind, id, value);
        if (kind === 'plaintext') resolve();
      };
    });
    await world.control.write(ada.number, { to: account.phone.number, text: 'crash' });
    await decrypted;
    await account.crashed();
    await account.login();
    await account.message('crash');
    expect(account.messages('crash')).toHaveLength(1);
    expect((await world.control.getPerson(ada.number)).counts.retriesAnswered).toBe(0);
  });

  it('makes a message durable in the very step that spends its key, whenever the commit comes (S22)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.write(ada.number, { to: account.phone.number, text: 'before' });
    await account.message('before');
    const { journal } = account;
    const put = journal.put.bind(journal);
    const committed = new Promise<void>((resolve) => {
      journal.put = (kind, id, value) => {
        put(kind, id, value);
        if (kind !== 'session') return;
        journal.put = put;
        queueMicrotask(() => resolve(journal.commitNow()));
      };
    });
    journal.holdCommits();
    await world.control.write(ada.number, { to: account.phone.number, text: 'at once' });
    await committed;
    expect(account.messages('at once')).toHaveLength(1);
    await account.crashed();
    await account.login();
    const sent = async () => (await world.control.sent(ada.number)).items.find((one) => one.text === 'at once');
    await world.control.until(sent, (one) => (one?.receipts.length ?? 0) > 0);
  });

  it('answers a redelivery from what it kept, when it crashes before the ack (S22)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.write(ada.number, { to: account.phone.number, text: 'before' });
    await account.message('before');
    account.journal.holdFrames();
    await world.control.write(ada.number, { to: account.phone.number, text: 'twice' });
    await account.message('twice');
    await account.crashed();
    await account.login();
    const sent = async () => (await world.control.sent(ada.number)).items.find((one) => one.text === 'twice');
    await world.control.until(sent, (one) => (one?.receipts.length ?? 0) > 0);
    expect(account.messages('twice')).toEqual([]);
    expect((await world.control.getPerson(ada.number)).counts.retriesAnswered).toBe(0);
  });

  it('does not tell a message twice that is delivered twice (S15)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const effect = { kind: 'duplicate-delivery' } as const;
    await world.control.setFault({ account: account.phone.number, effect, count: 1 });
    await world.control.write(ada.number, { to: account.phone.number, text: 'double' });
    await world.control.write(ada.number, { to: account.phone.number, text: 'after' });
    await account.message('after');
    expect(account.messages('double')).toHaveLength(1);
    expect(account.journal.eventsOf('message')).toHaveLength(2);
  });
}
