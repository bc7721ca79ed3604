/**
 * Which devices people have. Kept in the journal, across restarts, under the one name that a person's Signal sessions
 * have, too; changed by notices from the server, asked for where it is missing or a day old. A known device keeps its
 * session: a list is never a reason to start a new one (protocol.md S23).
 */
import { getAllBinaryNodeChildren, getBinaryNodeChild, jidDecode, type BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { pair } from '../inbound/envelope.js';
import { pack, unpack } from '../records/plain.js';
import type { LidPair } from '../signal/lid.mapping.js';
import { SERVER } from '../connection/wire.js';
import { SendFailure } from './send.failure.js';

/** Notices are the rule; this is for one that was missed. */
const MAX_AGE_MS = 24 * 3600 * 1000;

interface DeviceList {
  devices: number[];
  /** Milliseconds since 1970. */
  at: number;
}

export class DeviceLists {
  constructor(private readonly account: Pick<AccountContext, 'journal' | 'signal' | 'wire' | 'socket'>) {}

  /**
   * Device addresses of users (`628…@s.whatsapp.net`, `77@lid`), spelled as the user was. Users that WhatsApp does not
   * know are missing in the map. Rejects with a SendFailure when the network does not answer.
   */
  async of(users: readonly string[]): Promise<Map<string, string[]>> {
    const known = await this.read(users);
    const unknown = users.filter((user) => !known.has(user));
    if (unknown.length > 0) for (const [user, devices] of await this.ask(unknown)) known.set(user, devices);
    return new Map([...known].map(([user, devices]) => [user, devices.map((device) => withDevice(user, device))]));
  }

  /** Without asking anyone. */
  async known(user: string): Promise<string[] | undefined> {
    const devices = (await this.read([user])).get(user);
    return devices?.map((device) => withDevice(user, device));
  }

  async forget(user: string): Promise<void> {
    this.account.journal.put('device-list', await this.home(user), null);
  }

  /** A notice of one change. Without a list to change, the next message asks for all of it. */
  async change(user: string, change: { add?: number[]; remove?: number[] }): Promise<void> {
    const list = (await this.read([user])).get(user);
    if (!list) return this.forget(user);
    const devices = new Set([...list, ...(change.add ?? [])]);
    for (const device of change.remove ?? []) devices.delete(device);
    await this.write(user, [...devices]);
  }

  private async read(users: readonly string[]): Promise<Map<string, number[]>> {
    const homes = await Promise.all(users.map((user) => this.home(user)));
    const records = await this.account.journal.get('device-list', homes);
    const lists = new Map<string, number[]>();
    users.forEach((user, i) => {
      const record = records.get(homes[i] as string);
      const list = record && unpack<DeviceList>(record);
      if (list && Date.now() - list.at < MAX_AGE_MS) lists.set(user, list.devices);
    });
    return lists;
  }

  private async write(user: string, devices: number[]): Promise<void> {
    const list: DeviceList = { devices: devices.toSorted((a, b) => a - b), at: Date.now() };
    this.account.journal.put('device-list', await this.home(user), pack(list));
  }

  private async ask(users: readonly string[]): Promise<Map<string, number[]>> {
    const { wire, socket, signal } = this.account;
    const answer = await wire.ask(deviceQuery(users, socket.generateMessageTag()));
    if (!answer.ok) throw SendFailure.ofQuery(answer, 'the devices of the recipient');
    const found = readDevices(answer.node);
    await signal.mapping.learn(found.pairs);
    const devices = new Map(users.map((user) => [user, found.devices.get(user) ?? []]));
    for (const [user, numbers] of devices) if (numbers.length > 0) await this.write(user, numbers);
    return new Map([...devices].filter(([, numbers]) => numbers.length > 0));
  }

  /** By LID where it is known, as for sessions: a person has one list. */
  private async home(user: string): Promise<string> {
    const decoded = jidDecode(user);
    if (!decoded) throw new Error('not a user');
    const lid = decoded.server === 's.whatsapp.net' ? await this.account.signal.mapping.lidOf(decoded.user) : null;
    return lid ? `${lid}@lid` : `${decoded.user}@${decoded.server}`;
  }
}

const withDevice = (user: string, device: number): string => (device === 0 ? user : user.replace('@', `:${device}@`));

/** Protocol.md B.6.1. */
function deviceQuery(users: readonly string[], sid: string): BinaryNode {
  const query: BinaryNode[] = [
    { tag: 'devices', attrs: { version: '2' } },
    { tag: 'lid', attrs: {} },
  ];
  const list = users.map((jid) => ({ tag: 'user', attrs: { jid }, content: [] }));
  const usync = { context: 'message', mode: 'query', sid, last: 'true', index: '0' };
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'get', xmlns: 'usync' },
    content: [
      {
        tag: 'usync',
        attrs: usync,
        content: [
          { tag: 'query', attrs: {}, content: query },
          { tag: 'list', attrs: {}, content: list },
        ],
      },
    ],
  };
}

function readDevices(answer: BinaryNode) {
  const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list');
  const [devices, pairs] = [new Map<string, number[]>(), [] as LidPair[]];
  for (const user of list ? getAllBinaryNodeChildren(list) : []) {
    const { jid } = user.attrs;
    const known = getBinaryNodeChild(getBinaryNodeChild(user, 'devices'), 'device-list');
    if (!jid || !known) continue;
    devices.set(
      jid,
      getAllBinaryNodeChildren(known)
        .filter(isUsable)
        .map(({ attrs }) => Number(attrs.id)),
    );
    const learned = pair(jid, getBinaryNodeChild(user, 'lid')?.attrs.val);
    if (learned) pairs.push(learned);
  }
  return { devices, pairs };
}

/** A companion without a key index is not to be written to; nor is one that is hosted elsewhere, which needs other keys. */
const isUsable = ({ attrs }: BinaryNode): boolean =>
  (attrs.id === '0' || Boolean(attrs['key-index'])) && attrs.is_hosted !== 'true';
