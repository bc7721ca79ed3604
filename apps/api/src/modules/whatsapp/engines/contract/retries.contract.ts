import { expect, it } from 'vitest';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

/** A session that the other side cannot read: that of another person in its place. */
async function confuse(account: TestAccount, lid: string, otherLid: string): Promise<void> {
  const [id, other] = [`${lid}_1.0`, `${otherLid}_1.0`];
  const record = (await account.journal.get('session', [other])).get(other);
  account.journal.put('session', id, record ?? expect.fail('there is no session to confuse with'));
}

export function retriesContract(world: ContractWorld): void {
  const twoPeople = async () => [
    await world.control.createPerson({ rule: { kind: 'silent' } }),
    await world.control.createPerson({ rule: { kind: 'silent' } }),
  ];

  it('sends a message again, under the same id, to a device that could not read it', async () => {
    const account = await TestAccount.online(world);
    const [ada, bob] = (await twoPeople()) as [Person, Person];
    for (const { number } of [ada, bob]) await account.ack(await account.sendText(byNumber(number), 'first'));
    await confuse(account, ada.lid, bob.lid);
    const id = await account.sendText(byNumber(ada.number), 'again, please');
    const seen = await world.control.waitForSeen(ada.number, (message) => message.id === id);
    expect(seen).toMatchObject({ text: 'again, please', times: 1 });
    await account.receipt(id, 'delivered');
    const next = await account.sendText(byNumber(ada.number), 'at once');
    await world.control.waitForSeen(ada.number, (message) => message.id === next);
    expect((await world.control.getPerson(ada.number)).counts).toMatchObject({ unreadable: 1, reused: 0 });
  });

  it('does so after a restart, from what it kept', async () => {
    const account = await TestAccount.online(world);
    const [ada, bob] = (await twoPeople()) as [Person, Person];
    for (const { number } of [ada, bob]) await account.ack(await account.sendText(byNumber(number), 'first'));
    await confuse(account, ada.lid, bob.lid);
    await world.control.changePerson(ada.number, { online: false });
    const id = await account.sendText(byNumber(ada.number), 'while you were away');
    await account.ack(id);
    await account.crashed();
    await account.login();
    await world.control.changePerson(ada.number, { online: true });
    await world.control.waitForSeen(ada.number, (message) => message.id === id && message.times === 1);
  });

  it('asks for a message that it cannot read itself, and takes it once', async () => {
    const account = await TestAccount.online(world);
    const [ada] = (await twoPeople()) as [Person, Person];
    await world.control.write(ada.number, { to: account.phone.number, text: 'first' });
    await account.message('first');
    await account.sendText(byNumber(ada.number), 'back');
    account.journal.put('session', `${ada.lid}_1.0`, null);
    await world.control.write(ada.number, { to: account.phone.number, text: 'unreadable at first' });
    await account.message('unreadable at first');
    await world.control.write(ada.number, { to: account.phone.number, text: 'and on' });
    await account.message('and on');
    expect(account.messages('unreadable at first')).toHaveLength(1);
  });

  it('gives its sender key to a member who has not got it', async () => {
    const account = await TestAccount.online(world);
    const [ada, bob] = (await twoPeople()) as [Person, Person];
    const input = { subject: 'Keys', creator: ada.number, participants: [bob.number, account.phone.number] };
    const { id: group } = await world.control.createGroup(input);
    const to = (await account.session.groups?.read(group as never))?.group ?? expect.fail('no such group');
    await account.ack(await account.sendText(to, 'one'));
    await account.crashed();
    account.journal.put('sender-key', `${group}::${account.phone.number}::1`, null);
    await account.login();
    const remembered = (await account.journal.get('sender-key-memory', [group])).get(group);
    const id = await account.sendText(to, 'two');
    for (const { number } of [ada, bob]) await world.control.waitForSeen(number, (message) => message.id === id);
    expect(remembered).toBeDefined();
  });
}

type Person = Awaited<ReturnType<ContractWorld['control']['createPerson']>>;
