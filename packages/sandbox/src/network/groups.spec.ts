import { describe, expect, it } from 'vitest';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import type { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, received } from '../testing/world.js';

const isMessage = (id: string) => (stanza: Node) => stanza.tag === 'message' && stanza.attrs.id === id;
const notice = (companion: Companion, tag: string) =>
  companion.next((each) => (each.attrs.type === 'w:gp2' && child(each, tag) ? each : undefined));

async function openGroup(addressing: 'pn' | 'lid' = 'pn') {
  const network = await openNetwork();
  const account = await openAccount(network);
  const ada = new TestPhone(network);
  const creator = account.phone.user.pn;
  const id = network.createGroup({ subject: 'Friends', creator, participants: [ada.user.pn], addressing });
  return { network, ...account, ada, id };
}

const skmsg = () => node('enc', { v: '2', type: 'skmsg' }, Buffer.from('for all'));
const pkmsg = (jid: string) => node('to', { jid }, [node('enc', { v: '2', type: 'pkmsg' }, Buffer.from(`key ${jid}`))]);

describe('what is known of a group', () => {
  it.each(['pn', 'lid'] as const)('is told in the addressing %s', async (addressing) => {
    const { phone, companion, ada, id } = await openGroup(addressing);
    const created = child(child(await notice(companion, 'create'), 'create'), 'group');
    const asked = await companion.query('w:g2', 'get', [node('query', { request: 'interactive' })], id);
    expect(asked.attrs.from).toBe(id);
    const group = child(asked, 'group');
    expect(group).toEqual(created);
    expect(group?.attrs).toMatchObject({
      id: id.split('@')[0],
      subject: 'Friends',
      size: '2',
      addressing_mode: addressing,
    });
    const [first, second] = children(group, 'participant').map(({ attrs }) => attrs);
    const shown = (who: TestPhone) =>
      addressing === 'lid' ? { jid: who.lid, phone_number: who.jid } : { jid: who.jid, lid: who.lid };
    expect(first).toEqual(shown(ada));
    expect(second).toEqual({ ...shown(phone), type: 'superadmin' });
    const all = await companion.query('w:g2', 'get', [node('participating', {}, [node('participants')])], '@g.us');
    expect(children(child(all, 'groups'), 'group')).toEqual([group]);
  });

  it('is kept from those outside', async () => {
    const { network, id } = await openGroup();
    const { companion: stranger } = await openAccount(network);
    const asked = await stranger.query('w:g2', 'get', [node('query', { request: 'interactive' })], id);
    expect(child(asked, 'error')?.attrs.code).toBe('403');
    const nothing = await stranger.query('w:g2', 'get', [node('query')], '120363999999999999@g.us');
    expect(child(nothing, 'error')?.attrs).toEqual({ code: '404', text: 'item-not-found' });
  });
});

describe('a message to a group', () => {
  it.each(['pn', 'lid'] as const)('goes to every device of every member, by %s', async (addressing) => {
    const { network, phone, companion, ada, id } = await openGroup(addressing);
    const to = addressing === 'lid' ? ada.lid : ada.jid;
    const content = [node('participants', {}, [pkmsg(to)]), skmsg()];
    companion.send(node('message', { id: 'G1', to: id, type: 'text', addressing_mode: addressing }, content));
    const theirs = await received(ada, isMessage('G1'));
    const participant = addressing === 'lid' ? companion.lid : companion.jid;
    const other = addressing === 'lid' ? { participant_pn: phone.jid } : { participant_lid: phone.lid };
    expect(theirs.attrs).toMatchObject({ from: id, participant, addressing_mode: addressing, ...other });
    expect(children(theirs, 'enc').map(({ attrs }) => attrs.type)).toEqual(['pkmsg', 'skmsg']);
    expect(Buffer.from(bytesOf(child(theirs, 'enc')) ?? '').toString()).toBe(`key ${to}`);
    const own = await received(phone, isMessage('G1'));
    expect(children(own, 'enc').map(({ attrs }) => attrs.type)).toEqual(['skmsg']);
    await ada.device.submit(node('receipt', { id: 'G1', to: id, participant, type: 'read' }));
    const receipt = await companion.next((each) => (each.tag === 'receipt' ? each : undefined));
    expect(receipt.attrs).toMatchObject({ from: id, participant: to, type: 'read' });
    expect(network.counts()['acked']).toBe(1);
  });

  it('may carry the key for the very device that sends it, which is answered and goes nowhere (S16)', async () => {
    const { network, companion, ada, id } = await openGroup('lid');
    const asked = [node('key', {}, [node('user', { jid: companion.lid })])];
    const bundle = child(child(await companion.query('encrypt', 'get', asked), 'list'), 'user');
    expect(bytesOf(child(bundle, 'identity'))).toEqual(companion.identity.publicKey);
    const content = [node('participants', {}, [pkmsg(ada.lid), pkmsg(companion.lid)]), skmsg()];
    companion.send(node('message', { id: 'G1', to: id, type: 'text', addressing_mode: 'lid' }, content));
    await companion.next((each) => (each.tag === 'ack' && each.attrs.id === 'G1' ? each : undefined));
    await received(ada, isMessage('G1'));
    await companion.query('encrypt', 'get', [node('count')]);
    expect(companion.client.received.filter((each) => 'node' in each && isMessage('G1')(each.node))).toEqual([]);
    expect(network.counts()['stale:strange-device']).toBeUndefined();
  });

  it('is refused to those outside, and to those who may not write', async () => {
    const { network, companion, ada, id } = await openGroup();
    const { companion: stranger } = await openAccount(network);
    const send = (from: Companion, n: string) => {
      from.send(node('message', { id: n, to: id, type: 'text' }, [skmsg()]));
      return from.next((each) => (each.tag === 'ack' && each.attrs.id === n ? each : undefined));
    };
    expect((await send(stranger, 'S1')).attrs.error).toBe('403');
    expect((await send(companion, 'S2')).attrs.error).toBeUndefined();
    await companion.query('w:g2', 'set', [node('announcement')], id);
    expect((await send(companion, 'S3')).attrs.error).toBeUndefined();
    await ada.device.submit(node('message', { id: 'A1', to: id, type: 'text' }, [skmsg()]));
    expect((await received(ada, (each) => each.tag === 'ack')).attrs.error).toBe('403');
    expect(network.counts()).toMatchObject({ 'refused:not-a-member': 1, 'refused:not-an-admin': 1 });
  });

  it('is sent again to the one device that asked', async () => {
    const { companion, ada, id } = await openGroup();
    const { companion: adas } = { companion: ada };
    const enc = node('enc', { v: '2', type: 'pkmsg', count: '1' }, Buffer.from('again'));
    companion.send(node('message', { id: 'G1', to: id, type: 'text', participant: adas.jid }, [enc]));
    const again = await received(ada, isMessage('G1'));
    expect(again.attrs).toMatchObject({ from: id, participant: companion.jid });
    expect(child(again, 'enc')?.attrs.count).toBe('1');
  });
});

describe('changes', () => {
  it('are told to all members, by whom', async () => {
    const { network, phone, companion, ada, id } = await openGroup();
    const lin = new TestPhone(network);
    const added = await companion.query('w:g2', 'set', [node('add', {}, [node('participant', { jid: lin.jid })])], id);
    expect(child(child(added, 'add'), 'participant')?.attrs).toEqual({ jid: lin.jid });
    const told = await received(lin, (each) => child(each, 'add') !== undefined);
    expect(told.attrs).toMatchObject({ from: id, type: 'w:gp2', participant: phone.jid, participant_lid: phone.lid });
    await received(ada, (each) => child(each, 'add') !== undefined);
    await companion.query('w:g2', 'set', [node('promote', {}, [node('participant', { jid: lin.jid })])], id);
    const promoted = await received(ada, (each) => child(each, 'promote') !== undefined);
    expect(child(child(promoted, 'promote'), 'participant')?.attrs.type).toBe('admin');
    await companion.query('w:g2', 'set', [node('remove', {}, [node('participant', { jid: lin.jid })])], id);
    await received(lin, (each) => child(each, 'remove') !== undefined);
    await companion.query('w:g2', 'set', [node('subject', {}, Buffer.from('Old friends'))], id);
    const renamed = await received(ada, (each) => child(each, 'subject') !== undefined);
    expect(child(renamed, 'subject')?.attrs.subject).toBe('Old friends');
    await companion.query('w:g2', 'set', [node('leave', {}, [node('group', { id })])], '@g.us');
    await received(ada, (each) => child(each, 'remove') !== undefined);
    expect(network.groups()[0]?.participants).toEqual([ada.user.pn]);
  });

  it('say of each person what became of it', async () => {
    const { companion, ada, id } = await openGroup();
    const people = [ada.jid, '9990888888888@s.whatsapp.net'].map((jid) => node('participant', { jid }));
    const answer = child(await companion.query('w:g2', 'set', [node('add', {}, people)], id), 'add');
    expect(children(answer, 'participant').map(({ attrs }) => attrs.error)).toEqual(['409', '404']);
  });

  it('are for admins', async () => {
    const { network, ada, id } = await openGroup();
    const member = await ada.link(network.url, network.rootKey);
    await member.goOnline();
    const kick = node('remove', {}, [node('participant', { jid: ada.jid })]);
    expect(child(await member.query('w:g2', 'set', [kick], id), 'error')?.attrs.code).toBe('403');
    expect((await member.query('w:g2', 'set', [node('subject', {}, Buffer.from('Mine'))], id)).attrs.type).toBe(
      'result',
    );
  });

  it('let a client make a group, and another join by its code', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const { phone: ada, companion: adas } = await openAccount(network);
    const made = await companion.query('w:g2', 'set', [node('create', { subject: 'New', key: 'K' })], '@g.us');
    const id = `${child(made, 'group')?.attrs.id}@g.us`;
    const code = child(await companion.query('w:g2', 'get', [node('invite')], id), 'invite')?.attrs.code ?? '';
    const seen = await adas.query('w:g2', 'get', [node('invite', { code })], '@g.us');
    expect(child(seen, 'group')?.attrs.subject).toBe('New');
    await adas.query('w:g2', 'set', [node('invite', { code })], '@g.us');
    await companion.next((each) => (child(each, 'add') ? each : undefined));
    expect(network.groups()[0]?.participants).toContain(ada.user.pn);
    await companion.query('w:g2', 'set', [node('invite')], id);
    const stale = await adas.query('w:g2', 'get', [node('invite', { code })], '@g.us');
    expect(child(stale, 'error')?.attrs.code).toBe('406');
  });
});
