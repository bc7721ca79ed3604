/**
 * The push name lives in the app-state collection `critical_block`, which phone and companions all write. The phone
 * follows their patches before it writes its own; when somebody was faster it follows again (protocol.md B.7).
 */
import { SERVER_JID } from '../protocol/jid.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import { applyPatch, emptyCollection, writePatch, type AppStateKey, type Collection } from '../signal/app.state.js';
import { pack, unpack } from '../store/records.js';
import { ask } from './ask.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

const COLLECTION = 'critical_block';
const INDEX = 'setting_pushName';
const ATTEMPTS = 5;

/** Writes a patch that names the present push name; every companion gets it. */
export async function publishPushName(person: Person, key: AppStateKey): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await follow(person, key, () => undefined);
    const value = { timestamp: person.world.now(), pushNameSetting: { name: person.profile.name } };
    const { patch, after } = writePatch(before, key, { index: [INDEX], value, version: 1 });
    const answer = await sync(person, before.version, [node('patch', {}, patch)]);
    if (answer?.attrs.type === 'error') continue;
    return save(person, after);
  }
  throw new Refusal('conflict', 'the companions write app state faster than the phone');
}

/** Somebody else wrote: takes over a push name that a companion has set. */
export async function followPushName(person: Person, key: AppStateKey): Promise<void> {
  await follow(person, key, (name) => person.rename(name));
}

async function follow(person: Person, key: AppStateKey, named: (name: string) => void): Promise<Collection> {
  let collection = load(person);
  let more = true;
  while (more) {
    const answer = await sync(person, collection.version, []);
    for (const patch of children(child(answer, 'patches') ?? answer, 'patch')) {
      const { after, changes } = applyPatch(collection, key, bytesOf(patch) ?? new Uint8Array(0));
      collection = after;
      const change = changes.find(({ index }) => index[0] === INDEX);
      if (change?.value.pushNameSetting?.name) named(change.value.pushNameSetting.name);
    }
    more = answer?.attrs.has_more_patches === 'true';
  }
  save(person, collection);
  return collection;
}

async function sync(person: Person, version: number, patch: Node[]): Promise<Node | undefined> {
  const attrs = { name: COLLECTION, version: String(version), return_snapshot: 'false' };
  const content = node('sync', {}, [node('collection', attrs, patch)]);
  const query = node('iq', { to: SERVER_JID, type: 'set', xmlns: 'w:sync:app:state' }, [content]);
  return child(child(await ask(person.line, query), 'sync'), 'collection');
}

const bucket = ({ profile }: Person) => `people.collections.${profile.lid}`;

function load(person: Person): Collection {
  const stored = person.world.store.get(bucket(person), COLLECTION);
  return stored ? unpack<Collection>(stored) : emptyCollection(COLLECTION);
}

function save(person: Person, collection: Collection): void {
  person.world.store.put(bucket(person), COLLECTION, pack(collection));
}
