/**
 * Channels: what is posted there comes to the linked devices of all who follow, unsealed (protocol.md, `plaintext`). An
 * edited post comes again as a whole under its own id, one that was taken back as nothing at all under it.
 */
import { CHANNEL_DOMAIN } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { Records } from '../store/records.js';
import { devicesOfMembers } from './delivery.js';
import type { SandboxChannel, SandboxChannels, SandboxPost } from './device.js';
import { seconds, type Services } from './services.js';

interface StoredChannel {
  name: string;
  /** LIDs. */
  followers: string[];
  posts: number;
}

/** What the server says of an edit and of a deletion is what it said of the post. */
interface StoredPost {
  serverId: number;
  /** Seconds since 1970. */
  t: number;
}

/** As those of groups begin; never one of theirs, as the domain is another. */
const ID_PREFIX = '1203639';

/** `edit` of a stanza: by an admin, as nobody else writes there. */
const EDITED = '3';
const REMOVED = '8';

const attrsOf = (from: string, id: string, { serverId, t }: StoredPost) => ({
  from,
  id,
  t: String(t),
  server_id: String(serverId),
});

type Needs = Pick<Services, 'store' | 'clock' | 'office' | 'directory'>;

export class Channels implements SandboxChannels {
  private readonly records: Records<StoredChannel>;
  /** By channel and id. */
  private readonly posted: Records<StoredPost>;

  constructor(private readonly services: Needs) {
    this.records = new Records(services.store, 'network.channels');
    this.posted = new Records(services.store, 'network.posts');
  }

  all(): SandboxChannel[] {
    return [...this.records.entries()].map(([id, channel]) => this.shown(id, channel));
  }

  create(name: string, followers: string[]): SandboxChannel {
    const number = String([...this.records.entries()].length + 1).padStart(11, '0');
    const id = `${ID_PREFIX}${number}@${CHANNEL_DOMAIN}`;
    const made = { name, followers, posts: 0 };
    this.records.put(id, made);
    return this.shown(id, made);
  }

  nameOf(id: string): string | undefined {
    return this.records.get(id)?.name;
  }

  post(channel: string, id: string, { type, payload }: SandboxPost): boolean {
    const known = this.records.get(channel);
    if (!known) return false;
    const posted = { serverId: 100 + known.posts, t: seconds(this.services.clock) };
    const attrs = { ...attrsOf(channel, id, posted), type };
    this.tell(known, node('message', attrs, [node('plaintext', {}, payload)]), () => {
      this.records.put(channel, { ...known, posts: known.posts + 1 });
      this.posted.put(`${channel} ${id}`, posted);
    });
    return true;
  }

  edit(channel: string, id: string, { type, payload }: SandboxPost): boolean {
    const when = { msg_edit_t: String(this.services.clock.now()) };
    return this.again(channel, id, { type, edit: EDITED }, node('plaintext', {}, payload), when);
  }

  remove(channel: string, id: string): boolean {
    return this.again(channel, id, { type: 'text', edit: REMOVED }, node('plaintext'));
  }

  private again(channel: string, id: string, how: { type: string; edit: string }, text: Node, when = {}): boolean {
    const [known, posted] = [this.records.get(channel), this.posted.get(`${channel} ${id}`)];
    if (!known || !posted) return false;
    const attrs = { ...attrsOf(channel, id, posted), ...how, t: String(seconds(this.services.clock)) };
    const meta = node('meta', { ...when, original_msg_t: String(posted.t) });
    this.tell(known, node('message', attrs, [meta, text]));
    return true;
  }

  /** In one step with what it changes here. */
  private tell({ followers }: StoredChannel, stanza: Node, write: () => void = () => undefined): void {
    const { office, directory } = this.services;
    office.commit(() => {
      write();
      for (const device of devicesOfMembers(directory, followers)) if (device.number > 0) office.post(device, stanza);
    });
  }

  private shown(id: string, { name, followers }: StoredChannel): SandboxChannel {
    return { id, name, followers: followers.map((lid) => this.services.directory.user(lid)?.pn ?? lid) };
  }
}
