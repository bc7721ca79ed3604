/**
 * What every engine must do, over real sockets against the sandbox: an adapter's spec calls `engineContract` with a world
 * that has it. (An engine that speaks another protocol brings a world whose other side speaks that.)
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineSession } from './engine.js';
import { byLid, byNumber, newMessageId, TestAccount, text, type ContractWorld } from './testing/linked-account.js';

export interface ContractSetup {
  open(): Promise<Omit<ContractWorld, 'opened'>>;
  close(): Promise<void>;
}

export function engineContract(name: string, setup: ContractSetup): void {
  const world = { opened: [] as EngineSession[] } as unknown as ContractWorld;

  beforeAll(async () => void Object.assign(world, await setup.open()));
  afterEach(async () => {
    await Promise.all(world.opened.splice(0).map((session) => session.disconnect()));
    await world.control.clearFaults();
  });
  afterAll(() => setup.close());

  describe(`${name}: linking`, () => {
    it('links by QR, and stores the credentials with the news', async () => {
      const account = await TestAccount.create(world, 'Shop');
      account.open(false);
      const qr = await account.journal.event('qr');
      expect(qr.ttlMs).toBe(60_000);
      expect(account.journal.ids('creds')).toEqual([]);
      await world.control.scan(account.phone.number, { qr: qr.text });
      const { identity } = await account.journal.event('linked');
      expect(identity).toMatchObject({ phone: account.phone.number, lid: account.phone.lid, device: 1 });
      expect(account.journal.ids('creds')).toEqual(['creds']);
      expect(await account.closed()).toMatchObject({ reason: 'restart_required' });
      await account.login();
      expect(await account.session.probe(5_000)).toBe(true);
    });

    it('learns its push name', async () => {
      const account = await TestAccount.online(world, 'Corner shop');
      const named = () =>
        account.journal.eventsOf('identity').find(({ identity }) => identity.pushName === 'Corner shop');
      expect(await account.journal.until(named, 'push name')).toBeDefined();
    });

    it('links by pairing code', async () => {
      const account = await TestAccount.create(world);
      account.open(false, account.phone.number);
      const { code, ttlMs } = await account.journal.event('pairing-code');
      expect(ttlMs).toBe(160_000);
      expect(account.journal.eventsOf('qr')).toEqual([]);
      await world.control.typeCode(account.phone.number, { code });
      expect((await account.journal.event('linked')).identity.phone).toBe(account.phone.number);
      await account.closed();
      await account.login();
    });

    it('finds its number when the server names the device by LID only', async () => {
      const account = await TestAccount.create(world);
      await account.link({ lidOnly: true });
      expect((await account.journal.event('linked')).identity).toMatchObject({ phone: null, lid: account.phone.lid });
      await account.login();
      expect((await account.session.identity())?.phone).toBe(account.phone.number);
    });

    it('comes back after a crash without a scan', async () => {
      const account = await TestAccount.online(world);
      await account.crashed();
      await account.login();
      expect(account.journal.eventsOf('qr')).toEqual([]);
      expect(await account.session.probe(5_000)).toBe(true);
    });
  });

  describe(`${name}: sending`, () => {
    it.each(['pn', 'lid'] as const)(
      'writes to a person who is addressed by %s, and sees it read',
      async (addressing) => {
        const account = await TestAccount.online(world);
        const ada = await world.control.createPerson({ addressing, rule: { kind: 'mute' } });
        const id = await account.sendText(addressing === 'lid' ? byLid(ada.lid) : byNumber(ada.number), 'hello');
        expect(await account.ack(id)).not.toHaveProperty('failure');
        const seen = await world.control.waitForSeen(ada.number, (message) => message.id === id);
        expect(seen).toMatchObject({ text: 'hello', from: account.phone.number, times: 1 });
        await account.receipt(id, 'delivered');
        const read = await account.receipt(id, 'read');
        expect(read.by).toMatchObject({ lid: ada.lid });
      },
    );

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

    it('says that a number is not on WhatsApp', async () => {
      const account = await TestAccount.online(world);
      expect(await account.send(byNumber('9990000000999'), 'anyone?')).toMatchObject({
        ok: false,
        code: 'not_on_whatsapp',
        certain: true,
      });
    });

    it.each([
      [463, 'reach_out_time_lock'],
      [475, 'new_chat_limit'],
      [429, 'rate_limited'],
      [479, 'rejected'],
    ] as const)('passes on the refusal %i', async (code, failure) => {
      const account = await TestAccount.online(world);
      const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
      await world.control.setFault({ account: account.phone.number, effect: { kind: 'nack', code }, count: 1 });
      const id = await account.sendText(byNumber(ada.number), 'refused');
      expect((await account.ack(id)).failure?.code).toBe(failure);
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
  });

  describe(`${name}: receiving`, () => {
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
      expect(texts.flatMap((content) => (content.kind === 'text' ? content.text : []))).toEqual([
        'one',
        'two',
        'three',
      ]);
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
  });

  describe(`${name}: the gate`, () => {
    it('lets nothing out before it is durable', async () => {
      const [held, free] = [await TestAccount.online(world), await TestAccount.online(world)];
      const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
      await held.ack(await held.sendText(byNumber(ada.number), 'before'));
      held.journal.holdCommits();
      const id = await held.sendText(byNumber(ada.number), 'held back');
      const other = await free.sendText(byNumber(ada.number), 'free');
      await free.ack(other);
      await world.control.waitForSeen(ada.number, (message) => message.id === other);
      expect((await world.control.seen(ada.number)).items.map((message) => message.text)).toEqual(['before', 'free']);
      held.journal.resume();
      await world.control.waitForSeen(ada.number, (message) => message.id === id);
    });

    it('never uses a message counter again after a crash (S21)', async () => {
      const account = await TestAccount.online(world);
      const ada = await world.control.createPerson({ rule: { kind: 'echo' } });
      for (let round = 0; round < 4; round++) {
        const id = await account.sendText(byNumber(ada.number), `round ${round}`);
        if (round % 2 === 0) await account.message(`round ${round}`);
        await account.crashed();
        await account.login();
        const result = await account.session.send({
          waId: id,
          to: byNumber(ada.number),
          content: text(`round ${round}`),
        });
        expect(result.ok).toBe(true);
        await world.control.waitForSeen(ada.number, (message) => message.id === id);
      }
      const { items } = await world.control.seen(ada.number);
      expect(items.map((message) => message.text)).toEqual(['round 0', 'round 1', 'round 2', 'round 3']);
      expect((await world.control.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    });
  });

  describe(`${name}: the end of a connection`, () => {
    it('keeps the session when it is disconnected', async () => {
      const account = await TestAccount.online(world);
      await account.session.disconnect();
      expect(await account.closed()).toMatchObject({ reason: 'none' });
      expect(account.journal.ids('creds')).toEqual(['creds']);
      await account.session.disconnect();
    });

    it('tells its own logout from being unlinked (S14)', async () => {
      const [leaving, unlinked] = [await TestAccount.online(world), await TestAccount.online(world)];
      await leaving.session.logout();
      expect(await leaving.closed()).toMatchObject({ reason: 'logged_out' });
      expect((await world.control.getPhone(leaving.phone.number)).companions).toEqual([]);
      await world.control.unlink(unlinked.phone.number, 1);
      expect(await unlinked.closed()).toMatchObject({ reason: 'unlinked' });
    });

    it('is told at the next login that it was unlinked meanwhile', async () => {
      const account = await TestAccount.online(world);
      await account.session.disconnect();
      await account.closed();
      await world.control.unlink(account.phone.number, 1);
      account.open(true);
      expect(await account.closed()).toMatchObject({ reason: 'unlinked' });
    });

    it('gives way to a second login, and says so', async () => {
      const account = await TestAccount.online(world);
      const first = account.session;
      const closing = account.closed();
      account.open(true);
      expect(await closing).toMatchObject({ reason: 'replaced' });
      await first.disconnect();
    });

    it('does not start with a session that is not there', async () => {
      const account = await TestAccount.create(world);
      account.open(true);
      expect(await account.closed()).toMatchObject({ reason: 'session_missing' });
    });
  });
}
