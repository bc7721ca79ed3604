/**
 * The app state of a phone: collections that the phone and its companions all write (protocol.md B.7). The phone follows
 * what they wrote before it writes on top; when somebody was faster it follows again. What a change means is for `heard`,
 * which is called once for each, whoever made it.
 */
import { SERVER_JID } from '../protocol/jid.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import { applyPatch, emptyCollection, writePatch } from '../signal/app.state.js';
import type { AppStateKey, Change, Collection } from '../signal/app.state.js';
import { pack, unpack } from '../store/records.js';
import { ask } from './ask.js';
import type { Person } from './person.js';
import { Refusal } from './refusal.js';

const ATTEMPTS = 5;

export class PhoneAppState {
  constructor(
    private readonly person: Person,
    private readonly key: AppStateKey,
    private readonly heard: (change: Change) => void,
  ) {}

  /** Every companion gets it. */
  async publish(name: string, change: Change): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.catchUp(name);
      const { patch, after } = writePatch(before, this.key, change);
      const answer = await this.sync(before, [node('patch', {}, patch)]);
      if (answer?.attrs.type === 'error') continue;
      return this.save(after, [change]);
    }
    throw new Refusal('conflict', 'the companions write app state faster than the phone');
  }

  /** Somebody else wrote in these. */
  async follow(names: readonly string[]): Promise<void> {
    for (const name of names) await this.catchUp(name);
  }

  private async catchUp(name: string): Promise<Collection> {
    let collection = this.load(name);
    let more = true;
    while (more) {
      const answer = await this.sync(collection, []);
      for (const patch of children(child(answer, 'patches') ?? answer, 'patch')) {
        const { after, changes } = applyPatch(collection, this.key, bytesOf(patch) ?? new Uint8Array(0));
        collection = after;
        this.save(after, changes);
      }
      more = answer?.attrs.has_more_patches === 'true';
    }
    return collection;
  }

  private async sync({ name, version }: Collection, patch: Node[]): Promise<Node | undefined> {
    const attrs = { name, version: String(version), return_snapshot: 'false' };
    const content = node('sync', {}, [node('collection', attrs, patch)]);
    const query = node('iq', { to: SERVER_JID, type: 'set', xmlns: 'w:sync:app:state' }, [content]);
    return child(child(await ask(this.person.line, query), 'sync'), 'collection');
  }

  private get bucket(): string {
    return `people.collections.${this.person.profile.lid}`;
  }

  private load(name: string): Collection {
    const stored = this.person.world.store.get(this.bucket, name);
    return stored ? unpack<Collection>(stored) : emptyCollection(name);
  }

  private save(collection: Collection, changes: readonly Change[]): void {
    const { store } = this.person.world;
    store.transaction(() => {
      store.put(this.bucket, collection.name, pack(collection));
      for (const change of changes) this.heard(change);
    });
    this.person.world.changes.announce();
  }
}
