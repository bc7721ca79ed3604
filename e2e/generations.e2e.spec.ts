/** An older state of a session takes the place of the newest: by a person's choice, and by itself when the newest is broken. */
import type { Generation } from '@trunkline/contracts';
import { type Group, type Person, SandboxControl } from '@trunkline/sandbox';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Conversation } from './support/conversation.js';
import { connected, linkedAccount } from './support/link.js';
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
    product = await startProduct();
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
    await sql(
      `update mkt_wap_session_generations set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where account_id = $1`,
      account.id,
    );
    const [own] = await generations(account.id);
    await expect(restore(account.id, own!)).rejects.toMatchObject({
      status: 422,
      body: { error: { code: 'session_invalid' } },
    });
    expect((await api.account(account.id)).state).toMatchObject({ status: 'active', connection: 'connected' });
  });

  const damage = (id: string) =>
    sql(
      `update mkt_wap_session_records set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where account_id = $1 and kind = 'creds'`,
      id,
    );

  async function sql(text: string, id: string): Promise<void> {
    const client = new pg.Client({ connectionString: product.databaseUrl });
    await client.connect();
    await client.query(text, [id]).finally(() => client.end());
  }
});
