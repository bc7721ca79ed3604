/** When a message could not be read: the reader asks, the writer encrypts it anew for that device (protocol.md B.6). */
import { toBigEndian } from '../protocol/bytes.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import { child, node, type Node } from '../protocol/node.js';
import { message as messageCodec, type Message } from '../signal/message.proto.js';
import { pad } from '../signal/padding.js';
import type { SessionAddress } from '../signal/sessions.js';
import { pack, unpack } from '../store/records.js';
import { stanzaType } from './content.js';
import { bundlesOf, readBundle } from './devices.js';
import { encNode, keyMessage } from './envelope.js';
import { lidOf, type Arrival } from './arrival.js';
import type { SentNote } from './notebook.js';
import type { Person, Step } from './person.js';

const MOST = 5;

/** The retry receipt for a message that did not decrypt; when it was asked for often enough, an ack that gives it up. */
export function askAgain(person: Person, arrival: Arrival): Node {
  const { id, authorJid, group, stanza } = arrival;
  const participant = group && authorJid;
  const count = person.world.store.transaction(() => nextTry(person, id));
  if (count > MOST) return node('ack', { class: 'message', id, to: group ?? authorJid, participant, error: '500' });
  const { now } = person.world;
  const t = stanza.attrs.t ?? String(Math.floor(now() / 1000));
  const retry = node('retry', { v: '1', count: String(count), id, t });
  const registration = node('registration', {}, toBigEndian(person.keyring.registrationId, 4));
  const attrs = { id, to: group ?? authorJid, participant, type: 'retry' };
  return node('receipt', attrs, [retry, registration]);
}

function nextTry({ world: { store }, profile, notebook }: Person, id: string): number {
  const bucket = `people.tries.${profile.lid}`;
  const before = store.get(bucket, id);
  const count = (before ? unpack<number>(before) : 0) + 1;
  store.put(bucket, id, pack(count));
  if (count <= MOST) notebook.count('retriesSent');
  return count;
}

/** A device could not read what this person sent: it gets the same message, under a new session. */
export async function answerRetry(person: Person, receipt: Node): Promise<void> {
  const note = person.notebook.sent(receipt.attrs.id ?? '');
  const count = Number(child(receipt, 'retry')?.attrs.count ?? 1);
  const asker = receipt.attrs.participant ?? receipt.attrs.from;
  const jid = parseJid(asker);
  if (!note || !jid || asker === undefined || count > MOST) return;
  const device = { user: lidOf(person.world.network, jid.user), device: jid.device };
  await person.turn(async (step) => {
    if (!(await renewSession(person, step, device, child(receipt, 'keys'), receipt))) return;
    const content = encNode(await encryptAgain(person, step, note, device), count);
    person.commit(step, () => person.notebook.count('retriesAnswered'));
    await person.line.submit(stanzaFor(note, asker, device.user === person.profile.lid, content));
  });
}

async function renewSession(
  person: Person,
  step: Step,
  device: SessionAddress,
  keys: Node | undefined,
  receipt: Node,
): Promise<boolean> {
  const registration = child(receipt, 'registration');
  const inReceipt =
    keys && readBundle({ ...keys, content: [...(keys.content as Node[]), registration ?? node('none')] });
  const bundle = inReceipt ?? (await bundlesOf(person.line, [device])).get(device);
  if (bundle) await step.sessions.open(device, bundle);
  return bundle !== undefined;
}

async function encryptAgain(person: Person, step: Step, note: SentNote, device: SessionAddress) {
  const message = messageCodec.decode(note.payload);
  const key = isGroupJid(note.toJid) ? await keyMessage(person, step, note.toJid) : {};
  const copy: Message = { deviceSentMessage: { destinationJid: note.toJid, message } };
  const content = device.user === person.profile.lid ? copy : { ...message, ...key };
  return step.sessions.encrypt(device, pad(messageCodec.encode(content)));
}

function stanzaFor({ id, toJid, payload }: SentNote, asker: string, isOwn: boolean, content: Node): Node {
  const type = stanzaType(messageCodec.decode(payload));
  if (isGroupJid(toJid)) return node('message', { id, type, to: toJid, participant: asker }, [content]);
  return node('message', { id, type, to: asker, recipient: isOwn ? toJid : undefined }, [content]);
}
