import { expect, it } from 'vitest';
import { TestAccount, byLid, byNumber, newMessageId, text, type ContractWorld } from '../testing/linked-account.js';

export function sendingContract(world: ContractWorld): void {
  it.each(['pn', 'lid'] as const)('writes to a person who is addressed by %s, and sees it read', async (addressing) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ addressing, rule: { kind: 'mute' } });
    const id = await account.sendText(addressing === 'lid' ? byLid(ada.lid) : byNumber(ada.number), 'hello');
    expect(await account.ack(id)).not.toHaveProperty('failure');
    const seen = await world.control.waitForSeen(ada.number, (message) => message.id === id);
    expect(seen).toMatchObject({ text: 'hello', from: account.phone.number, times: 1 });
    await account.receipt(id, 'delivered');
    const read = await account.receipt(id, 'read');
    expect(read.by).toMatchObject({ lid: ada.lid });
  });

  it('shows what it sent on its own phone', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const id = await account.sendText(byNumber(ada.number), 'copy');
    const copy = await world.control.waitForSeen(account.phone.number, (message) => message.id === id);
    expect(copy).toMatchObject({ fromMe: true, text: 'copy', chat: ada.number });
  });

  it('keeps the order of one chat, and does not wait for acks', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, i) => account.sendText(byNumber(ada.number), `m${i}`)),
    );
    await world.control.waitForSeen(ada.number, ({ id }) => id === ids.at(-1));
    const { items } = await world.control.seen(ada.number);
    expect(items.map(({ text: seen }) => seen)).toEqual(ids.map((_, i) => `m${i}`));
  });

  it('answers, reacts, edits and deletes', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const to = byNumber(ada.number);
    const question = await world.control.write(ada.number, { to: account.phone.number, text: 'question' });
    const { sender } = await account.message('question');
    const about = { waId: question.id, sender, fromMe: false, content: text('question') };
    const answer = await account.sent({ waId: newMessageId(), to, content: text('answer'), quoted: about });
    const reaction = { kind: 'reaction', emoji: '👍', targetWaId: question.id } as const;
    await account.sent({ waId: newMessageId(), to, content: reaction, target: { sender, fromMe: false } });
    await account.sent({ waId: newMessageId(), to, content: { kind: 'edit', text: 'better', targetWaId: answer } });
    const gone = await account.sent({ waId: newMessageId(), to, content: { kind: 'delete', targetWaId: answer } });
    await world.control.waitForSeen(ada.number, ({ id }) => id === gone);
    const { items } = await world.control.seen(ada.number);
    expect(items.map(({ kind, text: seen, target }) => [kind, seen, target])).toEqual([
      ['text', 'answer', null],
      ['reaction', '👍', question.id],
      ['edit', 'better', answer],
      ['revoke', '', answer],
    ]);
  });

  it.each(['pn', 'lid'] as const)('writes to a group that addresses its members by %s', async (addressing) => {
    const account = await TestAccount.online(world);
    const [ada, bob] = [
      await world.control.createPerson({ rule: { kind: 'silent' } }),
      await world.control.createPerson({ rule: { kind: 'silent' } }),
    ];
    const group = await world.control.createGroup({
      subject: 'Friends',
      creator: ada.number,
      participants: [bob.number, account.phone.number],
      addressing,
    });
    const groups = (await account.session.groups?.list()) ?? [];
    const found = groups.find(({ group: jid }) => jid === group.id);
    expect(found).toMatchObject({ subject: 'Friends', addressing });
    expect(found?.participants).toHaveLength(3);
    const to = found?.group ?? expect.fail('the group is not listed');
    const ids = [await account.sendText(to, 'one'), await account.sendText(to, 'two')];
    for (const person of [ada, bob]) {
      for (const id of ids) await world.control.waitForSeen(person.number, (message) => message.id === id);
      expect((await world.control.getPerson(person.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    }
    expect(await account.ack(ids[1] as string)).not.toHaveProperty('failure');
    expect(await account.receipt(ids[1] as string, 'delivered')).toMatchObject({ chat: group.id });
  });

  it('counts a message as sent by the ack alone (S3)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'lost-ack' }, count: 1 });
    const lost = await account.sendText(byNumber(ada.number), 'ack lost');
    await account.ack(await account.sendText(byNumber(ada.number), 'ack comes'));
    expect(account.journal.eventsOf('message-ack').map(({ waId }) => waId)).not.toContain(lost);
    await account.receipt(lost, 'delivered');
  });

  it('says that a number is not on WhatsApp', async () => {
    const account = await TestAccount.online(world);
    expect(await account.send(byNumber('9990000000999'), 'anyone?')).toMatchObject({
      ok: false,
      code: 'not_on_whatsapp',
      certain: true,
    });
  });

  it.each([
    [463, 'contact_token_missing'],
    [475, 'new_chat_limit'],
    [429, 'rate_limited'],
    [479, 'devices_changed'],
    [413, 'too_large'],
    [403, 'recipient_blocked'],
    [500, 'rejected'],
  ] as const)('passes on the refusal %i', async (code, failure) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'nack', code }, count: 1 });
    const id = await account.sendText(byNumber(ada.number), 'refused');
    expect((await account.ack(id)).failure?.code).toBe(failure);
  });

  it('tells the two causes of 463 apart, and how long a time-lock lasts', async () => {
    const account = await TestAccount.online(world);
    const [ada, bob] = await Promise.all(
      ['Ada', 'Bob'].map((name) => world.control.createPerson({ name, rule: { kind: 'silent' } })),
    );
    await world.control.write(bob!.number, { to: account.phone.number, text: 'I know you' });
    await account.message('I know you');
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'time-lock', seconds: 3_600 } });
    const { failure } = await account.ack(await account.sendText(byNumber(ada!.number), 'cold'));
    expect(failure?.code).toBe('reach_out_time_lock');
    expect(failure?.until).toBeGreaterThan(Date.now() + 3_000_000);
    expect(await account.ack(await account.sendText(byNumber(bob!.number), 'a reply'))).not.toHaveProperty('failure');
  });

  it.each([
    ['time-lock', 'reach_out_time_lock'],
    ['new-chats', 'new_chat_limit'],
  ] as const)('tells of a %s that WhatsApp tells of, and that it is over', async (kind, code) => {
    const account = await TestAccount.online(world);
    const limits = () => account.journal.eventsOf('limit').filter((limit) => limit.code === code);
    const told = (count: number) =>
      account.journal.until(() => (limits().length >= count ? limits().at(-1) : undefined), `${count} limits`);
    await world.control.tellLimit(account.phone.number, { kind, seconds: 3_600 });
    expect((await told(1)).until).toBeGreaterThan(Date.now() + 3_000_000);
    await world.control.tellLimit(account.phone.number, { kind, seconds: null });
    expect((await told(2)).until).toBe(0);
  });

  it('takes an answer that never comes for a failure (S4)', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const { number } = account.phone;
    const before = (await world.control.counts()).messages ?? 0;
    await world.control.setFault({ account: number, effect: { kind: 'unanswered', xmlns: 'usync' }, count: 1 });
    expect(await account.send(byNumber(ada.number), 'x')).toMatchObject({ code: 'query_timed_out', certain: true });
    await world.control.setFault({ account: number, effect: { kind: 'unanswered', xmlns: 'encrypt' }, count: 1 });
    expect(await account.send(byNumber(ada.number), 'x')).toMatchObject({ code: 'query_timed_out', certain: true });
    await world.control.setFault({ account: number, effect: { kind: 'unanswered', xmlns: 'w:g2' }, count: 1 });
    await expect(account.session.groups?.list()).rejects.toThrow();
    expect((await world.control.counts()).messages ?? 0).toBe(before);
  });

  it('is certain about what it did not send while it is not connected', async () => {
    const account = await TestAccount.create(world);
    await account.link();
    const result = await account.send(byNumber('9990000000001'), 'x');
    expect(result).toMatchObject({ ok: false, code: 'not_connected', certain: true });
  });
}
