import { SandboxControl, startSandbox, type Person, type Phone, type Sandbox } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS, BESIDES, LOGIN, PAIRING, SEND } from './capture/expected.js';
import { at, childrenOf, describe as describeNode, toLine, type Line } from './capture/line.js';
import { ChildDriver } from './child.driver.js';
import type { Driver, Start } from './driver.js';
import { EngineDriver } from './engine.driver.js';
import { lidJid, pnJid, Stage } from './stage.js';

const drivers: [string, (start: Start) => Driver][] = [
  ['our engine', (start) => new EngineDriver(start)],
  ['unpatched Baileys', (start) => new ChildDriver('baileys', start)],
];

/** The whole pairing and one send, node by node, against protocol.md B.4 to B.6. */
describe.each(drivers)('%s', (_, createDriver) => {
  let sandbox: Sandbox;
  let driver: Driver;
  let phone: Phone;
  let ada: Person;
  let id: string;
  let sendStarts = 0;
  const lines: Line[] = [];
  const texts = (): string[] => lines.map(({ text }) => text);
  const find = (text: string): Line => lines.find((line) => line.text.startsWith(text)) ?? expect.fail(`no ${text}`);

  beforeAll(async () => {
    sandbox = await startSandbox();
    sandbox.capture((captured) => lines.push(toLine(captured)));
    driver = createDriver({
      url: sandbox.url,
      rootKey: sandbox.rootKey,
      mediaCa: { file: sandbox.media.caFile, pem: sandbox.media.ca },
      patienceMs: 3_000,
      keepAliveMs: 30_000,
    });
    const stage = new Stage(driver, new SandboxControl({ url: sandbox.control, token: sandbox.token }));
    const linked = await stage.linked();
    phone = linked.phone;
    await linked.account.next('name');
    await stage.settled(linked.account, phone);
    sendStarts = lines.length;
    ada = await stage.person();
    ({ id } = linked.account.send(pnJid(ada), 'hello'));
    await linked.account.status(id, 'delivered');
    await stage.control.read(ada.number);
    await linked.account.status(id, 'read');
    await linked.account.close();
  });
  afterAll(async () => {
    await driver?.stop();
    await sandbox?.close();
  });

  it('pairs on one connection, in exactly these nodes', () => {
    const first = lines.filter(({ connection }) => connection === lines[0]?.connection).map(({ text }) => text);
    expect(first.filter((text) => text !== 'C ib: unified_session')).toEqual(PAIRING);
  });

  it('names the device by number and by LID, and signs it', () => {
    const { attrs } = at(find('S iq set md: pair-success').node, 'pair-success', 'device');
    expect(attrs).toEqual({ jid: `${phone.number}:1@s.whatsapp.net`, lid: `${phone.lid}:1@lid` });
    const proof = at(find('C iq result: pair-device-sign').node, 'pair-device-sign', 'device-identity');
    expect(proof.attrs).toEqual({ 'key-index': '1' });
  });

  it.each(LOGIN)('logs in in order: %s …', (...order) => expectInOrder(texts().slice(PAIRING.length), order));

  it.each(SEND)('sends in order: %s …', (...order) => expectInOrder(withoutExtras(texts().slice(sendStarts)), order));

  it('has every query answered, once, under its id, as the table says', () => {
    const queries = lines.filter(({ text }) => /^C iq (get|set) /.test(text));
    expect(queries.length).toBeGreaterThan(10);
    for (const query of queries) {
      const answers = lines.filter(
        ({ text, node }) => text.startsWith('S iq') && node.attrs.id === query.node.attrs.id,
      );
      expect([describeNode(query.node), ...answers.map(({ node }) => describeNode(node))]).toEqual([
        describeNode(query.node),
        ANSWERS[describeNode(query.node)],
      ]);
    }
  });

  it('says nothing that is in no table', () => {
    const known = new Set([...PAIRING, ...LOGIN.flat(), ...SEND.flat(), ...BESIDES]);
    for (const [query, answer] of Object.entries(ANSWERS)) known.add(`C ${query}`).add(`S ${answer}`);
    expect(texts().filter((text) => !known.has(text))).toEqual([]);
  });

  it('acknowledges on either side what has to be acknowledged', () => {
    const idsOf = (start: RegExp): string[] =>
      lines.filter(({ text }) => start.test(text)).map(({ node }) => node.attrs.id ?? '');
    expect(idsOf(/^C receipt/)).toEqual(expect.arrayContaining(idsOf(/^S message/)));
    expect(idsOf(/^S ack receipt/).toSorted()).toEqual(idsOf(/^C receipt/).toSorted());
    expect(idsOf(/^C ack notification/)).toEqual(expect.arrayContaining(idsOf(/^S notification/)));
    expect(idsOf(/^S ack message/)).toEqual(idsOf(/^C message/));
    expect(idsOf(/^C ack receipt/).toSorted()).toEqual(idsOf(/^S receipt/).toSorted());
  });

  it('asks for the devices of both sides, and fetches keys by LID', () => {
    const sending = lines.slice(sendStarts);
    const usync = sending.find(({ text }) => text.startsWith('C iq get usync'))!.node;
    const asked = childrenOf(at(usync, 'usync', 'list')).map(({ attrs }) => attrs.jid);
    expect(asked.toSorted()).toEqual([pnJid(phone), pnJid(ada)].toSorted());
    const key = sending.find(({ text }) => text.startsWith('C iq get encrypt: key'))!.node;
    expect(childrenOf(at(key, 'key')).map(({ attrs }) => attrs.jid)).toContain(lidJid(ada));
  });

  it('encrypts for the person and for its own phone, and says who it is beside the first message of a session', () => {
    const { node } = find('C message');
    expect(node.attrs).toMatchObject({ id, to: pnJid(ada), type: 'text' });
    const participants = childrenOf(at(node, 'participants'));
    expect(participants.map(({ attrs }) => attrs.jid).toSorted()).toEqual([pnJid(phone), pnJid(ada)].toSorted());
    const toAda = participants.find(({ attrs }) => attrs.jid === pnJid(ada))!;
    expect(at(toAda, 'enc').attrs).toMatchObject({ v: '2', type: 'pkmsg' });
    expect(at(node, 'device-identity').content).toBeInstanceOf(Uint8Array);
  });
});

/** A reporting token, and keys for one's own phone, are asked for by one client and not by the other. */
const withoutExtras = (texts: string[]): string[] =>
  texts.map((text) => text.replace(' reporting(reporting_token)', '').replace('key(user×2)', 'key(user)'));

function expectInOrder(texts: string[], order: string[]): void {
  let from = 0;
  const found = order.map((wanted) => {
    const index = texts.indexOf(wanted, from);
    if (index >= 0) from = index + 1;
    return index >= 0 ? wanted : `missing or too early: ${wanted}`;
  });
  expect(found).toEqual(order);
}
