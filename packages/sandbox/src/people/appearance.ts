/** How a person looks to others: picture and about, set and looked at as a phone does it. The name is the person's own. */
import { createHash } from 'node:crypto';
import type { Looked } from '../control/contract.js';
import { isGroupJid, SERVER_JID } from '../protocol/jid.js';
import { child, node, textOf, type Node } from '../protocol/node.js';
import { ask } from './ask.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

/** `group`: of that group, and not of the person. */
export async function setPicture(person: Person, jpeg: Uint8Array | null, group?: string): Promise<void> {
  const attrs = { to: SERVER_JID, type: 'set', xmlns: 'w:profile:picture', target: group };
  await ask(person.line, node('iq', attrs, jpeg ? [node('picture', { type: 'image' }, jpeg)] : undefined));
  person.world.changes.announce();
}

export async function setAbout(person: Person, text: string): Promise<void> {
  const attrs = { to: SERVER_JID, type: 'set', xmlns: 'status' };
  await ask(person.line, node('iq', attrs, [node('status', {}, Buffer.from(text))]));
  person.world.changes.announce();
}

export async function lookAt(person: Person, at: string): Promise<Looked> {
  const user = isGroupJid(at) ? undefined : person.world.network.findUser(at);
  if (!user && !isGroupJid(at)) throw new Refusal('not_found', `nobody has the number or LID ${at}`);
  const target = user ? person.jidOf(user) : at;
  return { about: user ? await aboutOf(person, target) : null, picture: await pictureOf(person, target) };
}

async function aboutOf(person: Person, jid: string): Promise<string> {
  const attrs = { sid: '1', mode: 'query', context: 'interactive', index: '0', last: 'true' };
  const asked = node('usync', attrs, [node('query', {}, [node('status')]), node('list', {}, [node('user', { jid })])]);
  const answer = await ask(person.line, node('iq', { to: SERVER_JID, type: 'get', xmlns: 'usync' }, [asked]));
  const user = child(child(child(answer, 'usync'), 'list'), 'user');
  return textOf(child(user, 'status')) ?? '';
}

async function pictureOf(person: Person, target: string): Promise<Looked['picture']> {
  const attrs = { to: SERVER_JID, type: 'get', xmlns: 'w:profile:picture', target };
  const iq = node('iq', attrs, [node('picture', { type: 'image', query: 'url' })]);
  const found = await ask(person.line, iq).then(pictureIn, noneOr);
  return found && { id: found.attrs.id ?? '', ...(await digest(person, found.attrs.direct_path ?? '')) };
}

const pictureIn = (answer: Node): Node | null => child(answer, 'picture') ?? null;

function noneOr(error: unknown): null {
  if (error instanceof Refusal && error.code === 'not_found') return null;
  throw error;
}

async function digest({ world }: Person, directPath: string): Promise<{ size: number; sha256: string }> {
  const { media } = world.network;
  const file = media.find(directPath);
  if (typeof file === 'string') throw new Refusal('not_found', 'the picture is gone from the media hosts');
  const hash = createHash('sha256');
  for await (const chunk of media.files.read(file.hash)) hash.update(chunk as Buffer);
  return { size: file.size, sha256: hash.digest('hex') };
}
