import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { GroupJid } from '../../jid.js';
import type { Portrayed } from '../profile.js';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

const jpeg = (filling: string): Uint8Array => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(filling)]);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function profileContract(world: ContractWorld): void {
  it('sets name, about and picture, which the phone and other people then see', async () => {
    const { account, ada } = await met();
    const { number } = account.phone;
    expect(await profile(account).setName('Shop, evenings')).toEqual({ ok: true });
    expect(await profile(account).setAbout('Fresh bread 🥐 every day')).toEqual({ ok: true });
    const set = await profile(account).setPicture('own', jpeg('the shop'));
    expect(set).toMatchObject({ ok: true, id: expect.stringMatching(/^\d+$/) });
    const phone = await world.control.until(
      () => world.control.getPhone(number),
      ({ pushName }) => pushName === 'Shop, evenings',
    );
    expect(phone).toMatchObject({ about: 'Fresh bread 🥐 every day', picture: set.ok && set.id });
    expect(await world.control.look(ada, number)).toMatchObject({
      about: 'Fresh bread 🥐 every day',
      picture: { sha256: sha256(jpeg('the shop')) },
    });
    const renamed = () =>
      account.journal.eventsOf('identity').find(({ identity }) => identity.pushName === 'Shop, evenings');
    await account.journal.until(renamed, 'the new name');
    expect(await profile(account).setPicture('own', null)).toEqual({ ok: true, id: null });
    expect((await world.control.getPhone(number)).picture).toBeNull();
  });

  it('reads its own, a person’s and a group’s, and knows a picture again', async () => {
    const { account, ada, group } = await met();
    await world.control.changePerson(ada, { about: 'Out for lunch' });
    await world.control.setPicture(ada, jpeg('ada'));
    await world.control.changeGroup(group, { picture: Buffer.from(jpeg('us')).toString('base64') });
    await world.control.changePhone(account.phone.number, { about: 'Open till late' });
    await world.control.setPicture(account.phone.number, jpeg('shop'));
    expect(await profile(account).about(byNumber(ada))).toEqual({ ok: true, about: 'Out for lunch' });
    expect(await profile(account).about('own')).toEqual({ ok: true, about: 'Open till late' });
    const id = await shown(account, byNumber(ada), jpeg('ada'));
    expect(await look(account, byNumber(ada), id)).toEqual({ ok: true, picture: 'same' });
    await shown(account, group as never, jpeg('us'));
    await shown(account, 'own', jpeg('shop'));
  });

  it('sets the picture of a group, which its members then see, and says where only admins may', async () => {
    const { account, ada } = await met();
    const { id: group } = await world.control.createGroup({
      subject: 'Theirs',
      creator: ada,
      participants: [account.phone.number],
    });
    const set = await profile(account).setPicture(group as GroupJid, jpeg('of us'));
    expect(set).toMatchObject({ ok: true, id: expect.stringMatching(/^\d+$/) });
    expect(await world.control.look(ada, group)).toMatchObject({ picture: { sha256: sha256(jpeg('of us')) } });
    expect(await profile(account).setPicture(group as GroupJid, null)).toEqual({ ok: true, id: null });
    await world.control.changeGroup(group, { locked: true });
    const refused = await profile(account).setPicture(group as GroupJid, jpeg('mine'));
    expect(refused).toEqual({ ok: false, code: 'forbidden' });
    expect((await world.control.listGroups()).find(({ id }) => id === group)).toMatchObject({ picture: null });
  });

  it('tells none and hidden from not known', async () => {
    const { account, ada, group } = await met();
    expect(await look(account, byNumber(ada), null)).toEqual({ ok: true, picture: null });
    expect(await look(account, group as never, null)).toEqual({ ok: true, picture: null });
    expect(await profile(account).about(byNumber(ada))).toEqual({ ok: true, about: '' });
    expect(await profile(account).setPicture('own', Buffer.from('GIF89a'))).toEqual({ ok: false, code: 'unfit' });
    await account.session.disconnect();
    expect(await look(account, byNumber(ada), null)).toMatchObject({ ok: false, code: 'not_connected' });
    expect(await profile(account).setName('Nobody')).toMatchObject({ ok: false, code: 'not_connected' });
  });

  it('is told when somebody looks different, also when it was away', async () => {
    const { account, ada, group } = await met();
    await world.control.setPicture(ada, jpeg('one'));
    const first = () => account.journal.eventsOf('picture-changed')[0];
    expect(await account.journal.until(first, 'ada’s picture')).toMatchObject({ of: { phone: ada }, gone: false });
    await account.session.disconnect();
    await world.control.changePerson(ada, { about: 'Back at three' });
    await world.control.setPicture(ada, null);
    await world.control.changeGroup(group, { picture: Buffer.from(jpeg('us')).toString('base64') });
    await world.control.setPicture(account.phone.number, jpeg('shop'));
    await account.login();
    const all = () => {
      const changes = account.journal.eventsOf('picture-changed').slice(1);
      return changes.length === 3 ? changes : undefined;
    };
    expect(await account.journal.until(all, 'three pictures')).toMatchObject([
      { of: { phone: ada }, gone: true },
      { of: group, gone: false },
      { of: 'own', gone: false },
    ]);
    expect(account.journal.eventsOf('about-changed')).toMatchObject([{ of: { phone: ada }, about: 'Back at three' }]);
  });

  const profile = (account: TestAccount) => account.session.profile!;
  const look = (account: TestAccount, of: Portrayed, known: string | null) =>
    profile(account).picture(of, known, new AbortController().signal);

  async function shown(account: TestAccount, of: Portrayed, bytes: Uint8Array): Promise<string> {
    const found = await look(account, of, null);
    if (!found.ok || !found.picture || found.picture === 'same')
      throw new Error(`no picture: ${JSON.stringify(found)}`);
    expect(sha256(found.picture.jpeg)).toBe(sha256(bytes));
    return found.picture.id;
  }

  async function met(): Promise<{ account: TestAccount; ada: string; group: string }> {
    const account = await TestAccount.online(world);
    const { number: ada } = await world.control.createPerson({ rule: { kind: 'silent' } });
    const { number: creator } = account.phone;
    const { id: group } = await world.control.createGroup({ subject: 'Ours', creator, participants: [ada] });
    return { account, ada, group };
  }
}
