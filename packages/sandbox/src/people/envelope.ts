/** A message encrypted for everyone who must read it: what stands inside the stanza (protocol.md B.6.3, B.8). */
import type { UserRecord } from '../network/device.js';
import { formatJid, parseJid, STATUS_JID } from '../protocol/jid.js';
import { child, children, node, type Node } from '../protocol/node.js';
import { message as messageCodec, type Message } from '../signal/message.proto.js';
import { pad } from '../signal/padding.js';
import type { Ciphertext, SessionAddress } from '../signal/sessions.js';
import { ask } from './ask.js';
import { bundlesOf, devicesOf } from './devices.js';
import type { Person, Step } from './person.js';
import { Refusal } from './refusal.js';
import { Recipients } from './recipients.js';

type Domain = 'pn' | 'lid';

/** For each device of the other one, and a copy for each own companion. */
export async function directEnvelope(person: Person, step: Step, toJid: string, message: Message): Promise<Node[]> {
  const to = person.world.network.findUser(parseJid(toJid)?.user ?? '');
  if (!to) throw new Refusal('not_found', `nobody has the address ${toJid}`);
  const devices = await devicesOf(person.line, to.lid === person.user.lid ? [to] : [to, person.user]);
  const others = devices.filter(({ user, device }) => user !== person.user.lid || device !== 0);
  const copy: Message = { deviceSentMessage: { destinationJid: toJid, message } };
  const contentFor = ({ user }: SessionAddress) => (user === person.user.lid ? copy : message);
  const domain = parseJid(toJid)?.domain === 'lid' ? 'lid' : 'pn';
  return [node('participants', {}, await fanOut(person, step, others, contentFor, domain))];
}

export async function groupEnvelope(person: Person, step: Step, group: string, message: Message): Promise<Node[]> {
  const { members, domain } = await groupOf(person, group);
  const { keys, enc } = await shared(person, step, { group, members, domain }, message);
  return keys.length > 0 ? [node('participants', {}, keys), enc] : [enc];
}

/** As in a group, but that nobody else knows who is meant: all who may read it are named, with or without the key. */
export async function statusEnvelope(
  person: Person,
  step: Step,
  readers: UserRecord[],
  message: Message,
): Promise<Node[]> {
  const domain = person.profile.addressing;
  const place = { group: STATUS_JID, members: readers, domain };
  const { keys, enc, have } = await shared(person, step, place, message);
  const named = have.map((device) => node('to', { jid: deviceJid(person, device, domain) }));
  return [node('participants', {}, [...keys, ...named]), enc];
}

interface Place {
  group: string;
  members: UserRecord[];
  domain: Domain;
}

/** Once under the sender key, and the key for each device that has not got it; `have`: those that had it. */
async function shared(
  person: Person,
  step: Step,
  { group, members, domain }: Place,
  message: Message,
): Promise<{ keys: Node[]; enc: Node; have: SessionAddress[] }> {
  const devices = await devicesOf(person.line, members);
  const others = devices.filter(({ user, device }) => user !== person.user.lid || device !== 0);
  const known = new Recipients(step.keys, group);
  if (known.hasLeft(others)) {
    step.sessions.forgetSenderKey(group, person.address);
    known.clear();
  }
  const distribution = await keyMessage(person, step, group);
  const missing = known.missing(others);
  const keys = await fanOut(person, step, missing, () => distribution, domain);
  known.add(others);
  const plaintext = pad(messageCodec.encode(message));
  const bytes = await step.sessions.encryptForGroup(group, person.address, plaintext);
  const enc = node('enc', { v: '2', type: 'skmsg' }, bytes);
  return { keys, enc, have: others.filter((device) => !missing.includes(device)) };
}

/** The message that gives this person's present sender key to a device. */
export async function keyMessage(person: Person, step: Step, group: string): Promise<Message> {
  const key = await step.sessions.senderKey(group, person.address);
  return { senderKeyDistributionMessage: { groupId: group, axolotlSenderKeyDistributionMessage: key } };
}

async function groupOf(person: Person, group: string): Promise<{ members: UserRecord[]; domain: Domain }> {
  const query = node('iq', { to: group, type: 'get', xmlns: 'w:g2' }, [node('query', { request: 'interactive' })]);
  const found = child(await ask(person.line, query), 'group');
  const members = children(found, 'participant')
    .map(({ attrs }) => person.world.network.findUser(parseJid(attrs.jid)?.user ?? ''))
    .filter((user) => user !== undefined);
  return { members, domain: found?.attrs.addressing_mode === 'lid' ? 'lid' : 'pn' };
}

/** Devices without keys on the network are left out: they cannot read anything yet. */
async function fanOut(
  person: Person,
  step: Step,
  devices: SessionAddress[],
  contentFor: (device: SessionAddress) => Message,
  domain: Domain,
): Promise<Node[]> {
  const strangers = devices.filter((device) => !step.sessions.has(device));
  for (const [device, bundle] of await bundlesOf(person.line, strangers)) await step.sessions.open(device, bundle);
  const participants: Node[] = [];
  for (const device of devices.filter((each) => step.sessions.has(each))) {
    const plaintext = pad(messageCodec.encode(contentFor(device)));
    const enc = encNode(await step.sessions.encrypt(device, plaintext));
    participants.push(node('to', { jid: deviceJid(person, device, domain) }, [enc]));
  }
  return participants;
}

export function encNode({ type, bytes }: Ciphertext, count?: number): Node {
  return node('enc', { v: '2', type, count: count === undefined ? undefined : String(count) }, bytes);
}

/** How a device is named in a stanza; a user that has no number goes by LID. */
export function deviceJid(person: Person, { user, device }: SessionAddress, domain: Domain): string {
  const number = domain === 'pn' ? person.world.network.findUser(user)?.pn : undefined;
  return number === undefined ? formatJid(user, 'lid', device) : formatJid(number, 's.whatsapp.net', device);
}
