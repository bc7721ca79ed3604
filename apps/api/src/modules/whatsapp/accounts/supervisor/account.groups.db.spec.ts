/** The groups of an account that is online, when the network is slow or does not answer. Under a real worker and database. */
import { describe, expect, it } from 'vitest';
import type { EngineGroup, GroupCapability } from '../../engines/engine.js';
import type { GroupJid } from '../../jid.js';
import { useWorld } from '../../testing/use.world.js';

describe('the groups of an account', () => {
  const its = useWorld();
  const { database } = its;

  const group = '120363001@g.us' as GroupJid;
  const named = (subject: string): EngineGroup => ({
    group,
    subject,
    description: null,
    addressing: 'pn',
    announcement: false,
    locked: false,
    participants: [],
  });
  const subjects = async () =>
    (await database.pool.query('select subject from mkt_wap_groups')).rows.map(({ subject }) => subject);
  const silent = () => Promise.reject(new Error('the server did not answer'));
  /** An account whose network tells of groups as these say, and how often each was asked. */
  async function link(groups: Partial<GroupCapability>) {
    const asked = { list: 0, read: 0 };
    const { list = async () => [], read = silent } = groups;
    its.running.engine.groups = {
      list: () => ((asked.list += 1), list()),
      read: (of) => ((asked.read += 1), read(of)),
    };
    await database.empty('mkt_wap_groups');
    const id = await its.world.link(its.running);
    return { session: await its.world.session(its.running, id), asked };
  }

  it('are asked for again when the network did not answer', async () => {
    let answers = false;
    const { asked } = await link({ list: async () => (answers ? [named('All')] : silent()) });
    await its.world.until(() => expect(asked.list).toBe(1));
    answers = true;
    await its.world.pass(10);
    await its.world.until(async () => expect(await subjects()).toEqual(['All']));
    await its.world.pass(600);
    expect(asked.list).toBe(2);
  });

  it('are asked for a few times only, and later each time', async () => {
    const { asked } = await link({ list: silent });
    await its.world.until(() => expect(asked.list).toBe(1));
    await its.world.pass(10);
    await its.world.until(() => expect(asked.list).toBe(2));
    await its.world.pass(20);
    expect(asked.list).toBe(2);
    await its.world.pass(600);
    await its.world.until(() => expect(asked.list).toBe(4));
    await its.world.pass(600);
    expect(asked.list).toBe(4);
  });

  it('are all asked for when one that changed could not be read', async () => {
    const { session, asked } = await link({ list: async () => [named('All')] });
    await its.world.until(() => expect(asked.list).toBe(1));
    session.emit({ type: 'group-changed', group });
    await its.world.until(() => expect(asked.read).toBe(1));
    await its.world.pass(10);
    await its.world.until(() => expect(asked.list).toBe(2));
  });

  it('have what they became while all of them were read', async () => {
    let tell!: (groups: EngineGroup[]) => void;
    const { session, asked } = await link({
      list: () => new Promise((resolve) => (tell = resolve)),
      read: async () => named('New'),
    });
    await its.world.until(() => expect(asked.list).toBe(1));
    session.emit({ type: 'group-changed', group });
    await its.world.pass(2);
    tell([named('Old')]);
    await its.world.until(async () => expect(await subjects()).not.toEqual([]));
    await its.world.until(() => expect(asked.read).toBe(1));
    await session.start.journal.settled();
    await its.world.until(async () => expect(await subjects()).toEqual(['New']));
  });
});
