/**
 * Changes of app state, to the server and from it. A change is a patch on top of all others; when another device was
 * faster the server refuses it, and it is made anew on top (Baileys' own `appPatch` takes that refusal, and no answer at
 * all, for success). What is to be told of a change goes into the journal before the version that has it.
 *
 * A crash after the patch has left and before its version is durable costs nothing: the next look begins at the older
 * version and reads the patch back as anybody's.
 */
import {
  encodeSyncdPatch,
  ensureLTHashStateVersion,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  newLTHashState,
  proto,
  type BinaryNode,
  type WAPatchCreate,
  type WAPatchName,
} from 'baileys';
import type { ChatResult } from '../../chats.js';
import type { AccountContext } from '../account.context.js';
import type { WorkQueue } from '../connection/work.queue.js';
import { SERVER } from '../connection/wire.js';
import { KEY_CODECS } from '../records/key.codec.js';
import type { CollectionVersions } from './collection.versions.js';

const ATTEMPTS = 5;
const VERSION = KEY_CODECS['app-state-sync-version'];

export class AppState {
  constructor(
    private readonly account: AccountContext,
    private readonly versions: CollectionVersions,
    private readonly queue: WorkQueue,
  ) {}

  /** `done` tells of it; called in the step in which the server has it. */
  change(patch: WAPatchCreate, done: () => void): Promise<ChatResult> {
    return this.account.socket.appStatePatchMutex
      .mutex(() => this.write(patch, done))
      .catch((): ChatResult => ({ ok: false, code: this.account.wire.isClosed ? 'not_connected' : 'timed_out' }));
  }

  /** Another device has written. Resolves when what it wrote is in the journal: the notice may be acknowledged. */
  async written(notice: BinaryNode): Promise<void> {
    const names = getBinaryNodeChildren(notice, 'collection').map(({ attrs }) => attrs.name as WAPatchName);
    if (names.length > 0) await this.account.socket.appStatePatchMutex.mutex(() => this.catchUp(names));
  }

  private async write(patch: WAPatchCreate, done: () => void): Promise<ChatResult> {
    const { creds, wire } = this.account;
    if (!creds.myAppStateKeyId) return { ok: false, code: 'no_keys' };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.catchUp([patch.type]);
      const before = await this.version(patch.type);
      const next = await encodeSyncdPatch(patch, creds.myAppStateKeyId, before, (id) => this.key(id));
      const answer = await wire.ask(upload(patch.type, next.state.version - 1, next.patch));
      if (!answer.ok) return { ok: false, code: FAILURES[answer.failure] };
      if (isBehind(answer.node)) continue;
      done();
      this.versions.put(patch.type, VERSION.encode(next.state));
      this.versions.release();
      return { ok: true };
    }
    return { ok: false, code: 'refused' };
  }

  private async catchUp(names: WAPatchName[]): Promise<void> {
    await this.account.socket.resyncAppState(names, false);
    await this.queue.settled();
    this.versions.release();
  }

  private async version(name: WAPatchName) {
    const bytes = (await this.versions.get([name])).get(name);
    return bytes ? ensureLTHashStateVersion(VERSION.decode(bytes)) : newLTHashState();
  }

  private async key(id: string) {
    const bytes = (await this.account.journal.get('app-state-sync-key', [id])).get(id);
    return bytes && KEY_CODECS['app-state-sync-key'].decode(bytes);
  }
}

const FAILURES = { timed_out: 'timed_out', closed: 'not_connected', refused: 'refused' } as const;

function upload(name: WAPatchName, version: number, patch: proto.ISyncdPatch): BinaryNode {
  const content = Buffer.from(proto.SyncdPatch.encode(patch).finish());
  const attrs = { name, version: String(version), return_snapshot: 'false' };
  const collection = { tag: 'collection', attrs, content: [{ tag: 'patch', attrs: {}, content }] };
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'set', xmlns: 'w:sync:app:state' },
    content: [{ tag: 'sync', attrs: {}, content: [collection] }],
  };
}

function isBehind(answer: BinaryNode): boolean {
  const collection = getBinaryNodeChild(getBinaryNodeChild(answer, 'sync'), 'collection');
  return collection?.attrs.type === 'error';
}
