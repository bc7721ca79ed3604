/**
 * An older state of a session takes the place of the newest: by a person's choice, and by itself when the newest is broken.
 * And the key that seals all of it is replaced while accounts talk.
 */
import type { Generation } from '@trunkline/contracts';
import { type Group, type Person, SandboxControl } from '@trunkline/sandbox';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Conversation } from './support/conversation.js';
import { connected, linkedAccount } from './support/link.js';
import { killProgramAt, runProgram } from './support/program.js';
import { until } from './support/until.js';

describe('an older state of a session', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  const connect = () => {
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
  };

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off' } });
    connect();
  });
  afterAll(() => product?.stop());

  const generations = async (id: string) =>
    (await api.call<{ items: Generation[] }>('GET', `/whatsapp/accounts/${id}/generations`)).items;
  const restore = (id: string, generation: Generation) =>
    api.call('POST', `/whatsapp/accounts/${id}/generations/${generation.id}/restore`);

  /** A linked account, two people and a group, all of whom have written to each other. */
  async function life(name: string) {
    const { account, phone } = await linkedAccount(api, sandbox, name);
    const people = [await silent('pn'), await silent('lid')];
    const group = await sandbox.createGroup({
      subject: name,
      creator: people[0]!.number,
      participants: [phone.number, people[1]!.number],
    });
    const conversation = new Conversation({ api, sandbox, accountId: account.id, phone, people, group });
    await conversation.bothWays('before');
    await conversation.bothWays('before, again');
    return { account, phone, people, group, conversation };
  }
  const silent = (addressing: 'pn' | 'lid'): Promise<Person> =>
    sandbox.createPerson({ addressing, rule: { kind: 'silent' } });

  it('is chosen by a person, and every chat goes on both ways, with no counter used twice', async () => {
    const { account, conversation, phone } = await life('chosen');
    const [linked] = await until('the first copy', async () => {
      const all = await generations(account.id);
      return all.length > 0 && all;
    });
    expect(linked).toMatchObject({ cause: 'linked', ended: false, expiresAt: null });
    await restore(account.id, linked!);
    await connected(api, account.id);
    await conversation.bothWays('after');
    await conversation.clean();
    expect((await generations(account.id)).map(({ cause }) => cause)).toEqual(['linked', 'replaced', 'linked']);
    expect((await sandbox.getPhone(phone.number)).companions).toHaveLength(1);
  });

  it('comes back by itself when the newest is broken, without a QR, and every chat goes on', async () => {
    const { account, phone, people, group, conversation } = await life('broken');
    await until('the first copy', async () => (await generations(account.id)).length > 0);
    await api.disconnect(account.id);
    await damage(account.id);
    await product.killAll();
    product = await product.startAgain();
    connect();
    await api.initialize(account.id);
    await connected(api, account.id);
    const after = new Conversation({ api, sandbox, accountId: account.id, phone, people, group: group as Group });
    await after.bothWays('after');
    await after.clean();
    expect((await generations(account.id)).map(({ cause }) => cause)).toContain('invalid');
    expect((await sandbox.getPhone(phone.number)).companions).toHaveLength(1);
    void conversation;
  });

  it('is refused when it is none of this account, or unreadable, and the present one stays', async () => {
    const { account } = await linkedAccount(api, sandbox, 'refused');
    const { account: other } = await linkedAccount(api, sandbox, 'other');
    const [foreign] = await until('a copy', async () => {
      const all = await generations(other.id);
      return all.length > 0 && all;
    });
    await expect(restore(account.id, foreign!)).rejects.toMatchObject({ status: 404 });
    const flip = () =>
      sql(
        `update mkt_wap_session_generations set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where account_id = $1`,
        account.id,
      );
    await flip();
    const [own] = await generations(account.id);
    await expect(restore(account.id, own!)).rejects.toMatchObject({
      status: 422,
      body: { error: { code: 'session_invalid' } },
    });
    expect((await api.account(account.id)).state).toMatchObject({ status: 'active', connection: 'connected' });
    await flip();
  });

  // Before anything is broken that stays so: what does not open keeps its seal.
  it('is sealed with another key while accounts talk, and nobody scans again', { timeout: 240_000 }, async () => {
    const { account, phone, people, group, conversation } = await life('rotated');
    await until('the first copy', async () => (await generations(account.id)).length > 0);
    const [old] = (await rows('select key_id from mkt_wap_vault_keys')).map(({ key_id: id }) => id as string);
    const talk = { on: true, rounds: 0 };
    const talking = (async () => {
      for (; talk.on; talk.rounds += 1) await conversation.bothWays(`round ${talk.rounds}`);
    })();
    // kill -9 in the middle of what is sealed anew; the second run ends it.
    const killed = await killProgramAt(product, ['rotate-key'], 'session records');
    expect(killed).toMatchObject({ code: null });
    await conversation.bothWays('between two keys');
    const rotated = await runProgram(product, ['rotate-key']);
    expect(rotated).toMatchObject({ code: 0, output: expect.stringContaining('Save a copy of') });
    talk.on = false;
    await talking;
    expect(talk.rounds).toBeGreaterThan(0);
    expect((await api.account(account.id)).state).toMatchObject({ status: 'active', connection: 'connected' });
    expect(await rows('select key_id, state from mkt_wap_vault_keys order by created_at')).toEqual([
      { key_id: old, state: 'retired' },
      { key_id: expect.not.stringMatching(old!), state: 'sealing' },
    ]);
    expect(await sealedBy(old!)).toEqual([]);
    await product.killAll();
    product = await product.startAgain();
    connect();
    await connected(api, account.id);
    const after = new Conversation({ api, sandbox, accountId: account.id, phone, people, group: group as Group });
    await after.bothWays('with the new key');
    await after.clean();
    expect((await sandbox.getPhone(phone.number)).companions).toHaveLength(1);
  });

  it(
    'is mended record by record: what is broken is put aside, and every chat goes on both ways',
    { timeout: 240_000 },
    async () => {
      const { account, phone, people, group, conversation } = await life('mended');
      await until('the first copy', async () => (await generations(account.id)).length > 0);
      for (const kind of ['session', 'sender-key', 'sender-key-memory', 'device-list', 'lid-mapping', 'pre-key']) {
        await api.disconnect(account.id);
        // The owner has given it up by then, and reads it anew.
        await until('nobody to own it', async () => (await rows(OWNED, [account.id])).length === 0);
        await damage(account.id, kind);
        await api.initialize(account.id);
        await connected(api, account.id);
        await conversation.bothWays(`with every ${kind} broken`);
        if (kind !== 'pre-key') continue;
        // Who has never written takes one of our prekeys.
        const stranger = await silent('pn');
        const first = new Conversation({
          api,
          sandbox,
          accountId: account.id,
          phone,
          people: [...people, stranger],
          group: group as Group,
        });
        await first.hears(stranger, 'by a prekey that came back');
        await first.clean();
      }
      await conversation.clean();
      const put = await rows('select distinct kind, why, mend from mkt_wap_broken_records where account_id = $1', [
        account.id,
      ]);
      const mended = Object.fromEntries(put.map(({ kind, why, mend }) => [kind, [why, mend]]));
      expect(mended).toMatchObject({
        session: ['changed', 'dropped'],
        'sender-key': ['changed', 'dropped'],
        'sender-key-memory': ['changed', 'dropped'],
        'device-list': ['changed', 'dropped'],
        'lid-mapping': ['changed', 'restored'],
        'pre-key': ['changed', 'restored'],
      });
      const errors = await rows(
        `select payload ->> 'message' as message from mkt_wap_events where account_id = $1 and event = 'account.error'`,
        [account.id],
      );
      expect(errors.map(({ message }) => message).join('\n')).toContain('did not open: its bytes were changed');
      expect((await sandbox.getPhone(phone.number)).companions).toHaveLength(1);
    },
  );

  /** Columns in which something is sealed with that key. */
  async function sealedBy(keyId: string): Promise<string[]> {
    const head = Buffer.concat([Buffer.of(1), Buffer.from(keyId, 'hex')]);
    const columns = await rows(
      `select table_name as t, column_name as c from information_schema.columns
       where table_schema = 'public' and data_type = 'bytea' and column_name <> 'check'`,
    );
    const found: string[] = [];
    for (const { t, c } of columns) {
      const [{ n }] = await rows(`select count(*)::int as n from ${t} where substring(${c} from 1 for 9) = $1`, [head]);
      if (n > 0) found.push(`${t}.${c}`);
    }
    return found;
  }

  const OWNED = 'select from mkt_wap_leases where account_id = $1 and owner is not null';

  const damage = (id: string, kind = 'creds') =>
    rows(
      `update mkt_wap_session_records set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)
       where account_id = $1 and kind = $2`,
      [id, kind],
    );

  const sql = (text: string, id: string) => rows(text, [id]);

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `pg` answers
  async function rows(text: string, values: unknown[] = []): Promise<any[]> {
    const client = new pg.Client({ connectionString: product.databaseUrl });
    await client.connect();
    return client
      .query(text, values)
      .then((result) => result.rows)
      .finally(() => client.end());
  }
});
