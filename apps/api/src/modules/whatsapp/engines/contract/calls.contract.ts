import { expect, it } from 'vitest';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

export function callsContract(world: ContractWorld): void {
  it.each([
    ['pn', false],
    ['lid', true],
  ] as const)('tells of a call by %s, and how it went on', async (addressing, video) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ name: 'Ada', addressing, rule: { kind: 'silent' } });
    await world.control.write(ada.number, { to: account.phone.number, text: 'hi' });
    await account.message('hi');
    const { callId } = await world.control.call(ada.number, { to: account.phone.number, video });
    const call = await account.journal.event('call');
    expect(call).toMatchObject({ callId, video, from: { lid: ada.lid } });
    const line = account.journal.eventsOf('message').find(({ message }) => message.waId === callId)?.message;
    expect(line).toMatchObject({ content: { kind: 'call', video, outcome: 'ringing' }, chat: { lid: ada.lid } });
    await world.control.call(ada.number, { to: account.phone.number, end: callId });
    const ended = await account.journal.event('message-read');
    expect(ended).toMatchObject({ waId: callId, content: { kind: 'call', video, outcome: 'missed' } });
  });

  it('declines a call, and the caller sees it', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const { callId } = await world.control.call(ada.number, { to: account.phone.number });
    const { from } = await account.journal.event('call');
    await account.session.calls?.reject(callId, from);
    const answered = await world.control.until(
      () => world.control.answered(ada.number),
      (all) => all.length > 0,
    );
    expect(answered).toEqual([{ callId, by: account.phone.number, how: 'reject' }]);
    expect(await account.journal.event('message-read')).toMatchObject({ content: { outcome: 'rejected' } });
    await world.control.call(ada.number, { to: account.phone.number, end: callId });
    await world.control.write(ada.number, { to: account.phone.number, text: 'after' });
    await account.message('after');
    expect(account.journal.eventsOf('message-read')).toHaveLength(1);
  });
}
