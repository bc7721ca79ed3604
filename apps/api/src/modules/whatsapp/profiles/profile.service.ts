import type { AccountProfile, AccountProfileChange, Profile, ProfileLook } from '@trunkline/contracts';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Commands } from '../../cluster/commands/commands.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import type { AccountService } from '../accounts/account.service.js';
import { findGroup } from '../groups/group.repository.js';
import type { GroupJid } from '../jid.js';
import type { MediaLibrary } from '../media/files/library.js';
import { FileTooBig } from '../media/files/spool.js';
import type { OfferedFile } from '../media/media.service.js';
import { ADMINS_ONLY, type ProfileAct } from './profile.act.js';
import { findPicture, lookAtProfiles } from './profile.repository.js';
import { squarePicture } from './square.picture.js';

interface Acting {
  accountId: string;
  group: GroupJid;
}

type PictureFile = Awaited<ReturnType<typeof findPicture>> & {};

/** How accounts, people and groups look, for people and programs. What asks WhatsApp runs in the workers. */
export class ProfileService {
  constructor(
    private readonly parts: {
      store: Pick<Store, 'pool'>;
      accounts: Pick<AccountService, 'read'>;
      library: MediaLibrary;
      commands: Pick<Commands, 'ask'>;
      notifier: Notifier;
      clock: Pick<Clock, 'now'>;
    },
  ) {}

  get mostBytes(): number {
    return this.parts.library.settings.mostBytes;
  }

  /** What is known now; the rest is asked of WhatsApp, and told by `profile.updated`. */
  async look(ctx: Ctx, of: ProfileLook['of']): Promise<Profile[]> {
    const { store, clock, notifier } = this.parts;
    const { profiles, wanted } = await lookAtProfiles(store.pool, ctx, of, clock.now());
    for (const accountId of wanted) notifier.wake('profiles', accountId);
    return profiles;
  }

  async read(ctx: Ctx, accountId: string): Promise<AccountProfile> {
    const { pushName } = await this.parts.accounts.read(ctx, accountId);
    const [profile] = await this.look(ctx, [{ accountId }]);
    if (!profile) throw new ProblemError('not_found', 'There is no such account.');
    return { ...profile, name: pushName };
  }

  /** On the phone, too; answered when WhatsApp has it. What was done before something else was refused stays. */
  async change(ctx: Ctx, accountId: string, { name, about }: AccountProfileChange): Promise<AccountProfile> {
    await this.read(ctx, accountId);
    if (name !== undefined) await this.#ask(accountId, { type: 'name', name });
    if (about !== undefined) await this.#ask(accountId, { type: 'about', about });
    return this.read(ctx, accountId);
  }

  async setPicture(ctx: Ctx, accountId: string, offered: () => Promise<OfferedFile>): Promise<AccountProfile> {
    await this.read(ctx, accountId);
    await this.#ask(accountId, { type: 'picture', file: await this.#square(await offered()) });
    return this.read(ctx, accountId);
  }

  async removePicture(ctx: Ctx, accountId: string): Promise<AccountProfile> {
    await this.read(ctx, accountId);
    await this.#ask(accountId, { type: 'picture', file: null });
    return this.read(ctx, accountId);
  }

  /** Of a group, by the account that is named, or by one of the asker's that may. */
  async setGroupPicture(
    ctx: Ctx,
    groupId: string,
    accountId: string | undefined,
    offered: () => Promise<OfferedFile>,
  ): Promise<Profile> {
    const acting = await this.#actingIn(ctx, groupId, accountId);
    return this.#ofGroup(ctx, groupId, acting, await this.#square(await offered()));
  }

  async removeGroupPicture(ctx: Ctx, groupId: string, accountId: string | undefined): Promise<Profile> {
    return this.#ofGroup(ctx, groupId, await this.#actingIn(ctx, groupId, accountId), null);
  }

  async picture(ctx: Ctx, id: string): Promise<PictureFile> {
    const file = await findPicture(this.parts.store.pool, ctx, id);
    if (!file) throw new ProblemError('not_found', 'There is no such picture.');
    return file;
  }

  /** For what `picture` answered. */
  async open({ sha256 }: PictureFile): Promise<Readable> {
    const file = await this.parts.library.open(sha256);
    if (!file) throw new ProblemError('not_found', 'The picture was removed meanwhile.');
    return file;
  }

  async #ofGroup(ctx: Ctx, groupId: string, { accountId, group }: Acting, file: PictureFile | null): Promise<Profile> {
    const of = [{ accountId, groupId }];
    // Its row is there before what becomes of it.
    await this.look(ctx, of);
    await this.#ask(accountId, { type: 'picture', group, file });
    const [profile] = await this.look(ctx, of);
    if (!profile) throw new ProblemError('not_found', 'There is no such group.');
    return profile;
  }

  /** One that may, so far as is known here, and one that is connected rather than one that is not. WhatsApp has the last word. */
  async #actingIn(ctx: Ctx, groupId: string, wanted: string | undefined): Promise<Acting> {
    const { store, accounts } = this.parts;
    const group = await findGroup(store.pool, ctx, groupId);
    if (!group) throw new ProblemError('not_found', 'There is no such group.');
    const inIt = group.accounts.filter(({ accountId }) => wanted === undefined || accountId === wanted);
    if (inIt.length === 0)
      throw new ProblemError('not_found', 'This account is not in the group.', [
        { field: 'accountId', message: 'Name an account that is in the group.' },
      ]);
    const allowed = inIt.filter(({ role }) => !group.locked || role !== 'member').map(({ accountId }) => accountId);
    if (allowed.length === 0) throw new ProblemError('group_admins_only', ADMINS_ONLY);
    const read = await Promise.all(allowed.map((id) => accounts.read(ctx, id)));
    const acting = read.find(({ state }) => state.connection === 'connected') ?? read[0]!;
    return { accountId: acting.id, group: group.waId as GroupJid };
  }

  async #ask(accountId: string, act: ProfileAct): Promise<void> {
    await this.parts.commands.ask(accountId, 'profile', act);
  }

  /** Takes in what was offered, and keeps the square of it. */
  async #square({ bytes, mime }: OfferedFile): Promise<PictureFile> {
    const { library, clock } = this.parts;
    const given = await library.take(bytes, mime).catch((error: unknown) => {
      throw error instanceof FileTooBig ? unfit('media_too_big', error.message) : error;
    });
    const square = given.mime.startsWith('image/') ? await squarePicture(given.path) : undefined;
    await given.discard();
    if (!square) throw unfit('validation_failed', 'This is not a picture. Choose a JPEG, PNG, WebP, AVIF or GIF file.');
    const file = await library.take(once(square), 'image/jpeg');
    await library.keep(file, clock.now());
    return { sha256: file.sha256, size: file.size, mime: file.mime };
  }
}

const unfit = (code: 'media_too_big' | 'validation_failed', message: string): ProblemError =>
  new ProblemError(code, message, [{ field: 'file', message }]);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
