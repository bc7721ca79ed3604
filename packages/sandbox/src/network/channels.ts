/** Channels: what is posted there comes to the linked devices of all who follow, unsealed (protocol.md, `plaintext`). */
import { CHANNEL_DOMAIN } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
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

/** As those of groups begin; never one of theirs, as the domain is another. */
const ID_PREFIX = '1203639';

type Needs = Pick<Services, 'store' | 'clock' | 'office' | 'directory'>;

export class Channels implements SandboxChannels {
  private readonly records: Records<StoredChannel>;

  constructor(private readonly services: Needs) {
    this.records = new Records(services.store, 'network.channels');
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
    const { office, clock, directory } = this.services;
    const known = this.records.get(channel);
    if (!known) return false;
    const posts = known.posts + 1;
    const plaintext = node('plaintext', {}, payload);
    const attrs = { from: channel, id, t: String(seconds(clock)), type, server_id: String(99 + posts) };
    office.commit(() => {
      this.records.put(channel, { ...known, posts });
      for (const device of devicesOfMembers(directory, known.followers)) {
        if (device.number > 0) office.post(device, node('message', attrs, [plaintext]));
      }
    });
    return true;
  }

  private shown(id: string, { name, followers }: StoredChannel): SandboxChannel {
    return { id, name, followers: followers.map((lid) => this.services.directory.user(lid)?.pn ?? lid) };
  }
}
