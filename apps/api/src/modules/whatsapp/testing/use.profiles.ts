/** Profiles for specs: one linked account, whom it has chats with, and WhatsApp as it would hear it. */
import { type Profile } from '@trunkline/contracts';
import sharp from 'sharp';
import { afterEach, beforeEach, expect } from 'vitest';
import { ManualClock } from '../../../clock/manual-clock.js';
import { transact } from '../../../database/transaction.js';
import { useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { chatAt } from '../chats/chat.partner.js';
import type { Portrayed, ProfileCapability } from '../engines/profile.js';
import { writeGroupLists } from '../groups/group.writer.js';
import type { GroupJid, PersonAddress, PhoneDigits } from '../jid.js';
import { MediaLibrary } from '../media/files/library.js';
import { ProfileDesk } from '../profiles/profile.desk.js';
import { ProfileFetcher } from '../profiles/profile.fetcher.js';
import { lookAtProfiles } from '../profiles/profile.repository.js';
import { type ProfileStep, writeProfiles } from '../profiles/profile.writer.js';
import { makeAccount } from './account.builder.js';

export const ctx = systemCtx('spec');
export const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };
export const ours = '120363000000000001@g.us' as GroupJid;

/** Who has which picture and about. */
export class Network implements Pick<ProfileCapability, 'picture' | 'about'> {
  readonly asked: Portrayed[] = [];
  answer: Awaited<ReturnType<ProfileCapability['picture']>>;

  constructor(jpeg: Buffer) {
    this.answer = { ok: true, picture: { id: 'p1', jpeg } };
  }

  picture: ProfileCapability['picture'] = async (whom, known) => {
    this.asked.push(whom);
    const { answer } = this;
    if (!answer.ok || answer.picture === null || answer.picture === 'same') return answer;
    return answer.picture.id === known ? { ok: true, picture: 'same' } : answer;
  };
  about = async () => ({ ok: true, about: 'At the bakery' }) as const;
}

const fail = (error: unknown): never => expect.fail(String(error));

/** Begins each test anew. */
export function useProfiles() {
  const database = useDatabase();
  const api = useApi(database);
  let clock: ManualClock;
  let of: { accountId: string; network: 'sandbox' };
  let jpeg: Buffer;
  const fetchers: ProfileFetcher[] = [];

  // What they still write would meet the emptying of the tables.
  afterEach(() => Promise.all(fetchers.splice(0).map((fetcher) => fetcher.stop())));
  beforeEach(async () => {
    await database.pool.query('truncate mkt_wap_accounts, mkt_wap_people, mkt_wap_groups, mkt_wap_events cascade');
    clock = new ManualClock('2030-01-01T00:00:00.000Z');
    of = { accountId: (await makeAccount(database, { linked: true })).id, network: 'sandbox' };
    jpeg ??= await sharp({ create: { width: 96, height: 96, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
  });

  const write = (step: ProfileStep) =>
    transact(database.pool, (sql) => writeProfiles(sql, [{ ...of, step }], clock.now()));

  return {
    database,
    api,
    write,
    get clock() {
      return clock;
    },
    get accountId() {
      return of.accountId;
    },
    get jpeg() {
      return jpeg;
    },

    /** Whom the account has a chat with, as who looks names them. */
    async chatWith(whom: PersonAddress | GroupJid) {
      const id = await transact(database.pool, (sql) => chatAt(sql, of, whom, clock.now()));
      const { rows } = await database.pool.query('select person_id, group_id from mkt_wap_chats where id = $1', [id]);
      const { person_id: personId, group_id: groupId } = rows[0];
      return { accountId: of.accountId, ...(personId && { personId }), ...(groupId && { groupId }) };
    },

    /** A group that the account is in. */
    async groupOf({ role, locked = false }: { role: 'member' | 'admin'; locked?: boolean }): Promise<string> {
      await database.pool.query(`update mkt_wap_accounts set phone_number = '+9990000000009' where id = $1`, [
        of.accountId,
      ]);
      const participants = [
        { person: { phone: '9990000000009' as PhoneDigits, lid: null }, role },
        { person: ada, role: 'admin' as const },
      ];
      const found = { group: ours, subject: 'Ours', description: null, addressing: 'pn' as const, announcement: false };
      const entry = { ...of, groups: [{ ...found, locked, participants }] };
      await transact(database.pool, (sql) => writeGroupLists(sql, [entry], clock.now()));
      return (await database.pool.query('select id from mkt_wap_groups')).rows[0].id;
    },

    look: async (...whom: Parameters<typeof lookAtProfiles>[2]): Promise<Profile[]> =>
      (await lookAtProfiles(database.pool, ctx, whom, clock.now())).profiles,

    /** As events, in their order. */
    told: async (): Promise<Profile[]> =>
      (
        await database.pool.query(`select payload from mkt_wap_events where event = 'profile.updated' order by row`)
      ).rows.map(({ payload }) => payload.profile),

    /** What asks it for the account; to be stopped. */
    fetching(network: Network, failed: (error: unknown) => void = fail): ProfileFetcher {
      const steps: ProfileStep[] = [];
      const fetcher = new ProfileFetcher({
        accountId: of.accountId,
        sql: database.pool,
        desk: new ProfileDesk(database.pool, clock),
        engine: network as unknown as ProfileCapability,
        library: api.app.get(MediaLibrary),
        clock,
        record: (step) => void steps.push(step),
        durable: async () => {
          for (const step of steps.splice(0)) await write(step);
        },
        failed,
      });
      fetchers.push(fetcher);
      return fetcher;
    },
  };
}
