/** A session that unpatched Baileys made in a folder becomes an account, without a scan. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountImported } from '@trunkline/contracts';
import { type Group, type Person, type Phone, type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { ChildDriver } from '../conformance/child.driver.js';
import { type Linked, Stage } from '../conformance/stage.js';
import { Api } from './support/api.js';
import { connected } from './support/link.js';
import { runProgram } from './support/program.js';
import { until } from './support/until.js';

describe('a session of unpatched Baileys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-import-'));
  let sandbox: Sandbox;
  let control: SandboxControl;
  let product: Product;
  let api: Api;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, controlPort: 0 });
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
    product = await startProduct({
      env: { PAGES: 'off', SANDBOX_URL: sandbox.url, SANDBOX_ROOT_KEY: sandbox.rootKey },
    });
    api = new Api(product.url, product.apiKey);
  });
  afterAll(async () => {
    await product?.stop();
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Links, writes with the person and in the group, both ways, and is stopped for good. */
  async function lifeBefore(people: readonly Person[], groupOf: (phone: Phone) => Promise<Group>): Promise<Phone> {
    const driver = new ChildDriver('baileys', {
      url: sandbox.url,
      rootKey: sandbox.rootKey,
      patienceMs: 8_000,
      keepAliveMs: 5_000,
      folder,
    });
    try {
      const { account, phone } = await new Stage(driver, control).linked();
      const group = await groupOf(phone);
      for (const { number } of people) await both(account, `${number}@s.whatsapp.net`, number);
      await both(account, group.id, people[0]!.number);
      await account.close();
      return phone;
    } finally {
      await driver.stop();
    }
  }

  /** A message each way; what is sent is one step of a ratchet, so that an old one would be seen. */
  async function both(account: Linked['account'], chat: string, number: string): Promise<void> {
    const { id, outcome } = account.send(chat, 'before');
    await outcome;
    await control.waitForSeen(number, (message) => message.id === id);
    const to = chat.endsWith('@g.us') ? chat : account.number;
    const reply = await control.write(number, { to, text: 'before, too' });
    await account.next('message', { id: reply.id });
  }

  it('comes online, is read and reads, in chats and groups, and uses no counter twice', async () => {
    const people = [
      await control.createPerson({ rule: { kind: 'silent' } }),
      await control.createPerson({ addressing: 'lid', rule: { kind: 'silent' } }),
    ];
    let group: Group | undefined;
    const phone = await lifeBefore(people, async ({ number }) => {
      const participants = [number, people[1]!.number];
      return (group = await control.createGroup({ subject: 'Moved', creator: people[0]!.number, participants }));
    });
    // Written while nobody is there; it was encrypted for the session that is left behind.
    const waiting = await control.write(people[0]!.number, { to: phone.number, text: 'are you still there?' });

    const path = join(folder, phone.number);
    const { code, output } = await runProgram(product, ['import', '--network', 'sandbox', '--connect', path]);
    expect(output).toContain('1 of 1 imported.');
    expect(output).toContain('seems to be running still');
    expect(code).toBe(0);
    const listed = await api.call<{ items: { id: string; phoneNumber: string }[] }>('GET', '/whatsapp/accounts');
    const { id } = listed.items.find(({ phoneNumber }) => phoneNumber === `+${phone.number}`)!;
    const account = await connected(api, id);
    expect(account).toMatchObject({ phoneNumberSource: 'engine', pushName: 'Conformance' });

    for (const [i, person] of people.entries()) {
      const sent = await api.send({ accountId: id, to: `+${person.number}`, text: `after ${i}` });
      expect(await control.waitForSeen(person.number, (message) => message.id === sent.waId)).toMatchObject({
        times: 1,
      });
      const reply = await control.write(person.number, { to: phone.number, text: `reply ${i}` });
      const texts = await until('the reply', async () => {
        const got = (await api.messages(sent.chatId)).items;
        return got.some((message) => message.waId === reply.id && message.content.kind === 'text') && got;
      });
      if (i === 0)
        expect(texts.find((message) => message.waId === waiting.id)?.content).toEqual({
          kind: 'text',
          text: 'are you still there?',
        });
    }
    await inGroup(id, group!, people);
    for (const { number } of people) {
      expect((await control.getPerson(number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    }
    expect((await control.getPhone(phone.number)).companions).toHaveLength(1);
  });

  async function inGroup(id: string, { id: jid }: Group, people: readonly Person[]): Promise<void> {
    const found = await until('the group', async () => (await api.groups(id)).items.find((each) => each.waId === jid));
    const sent = await api.send({ accountId: id, to: found.waId, text: 'to all' });
    for (const { number } of people) {
      expect(await control.waitForSeen(number, (message) => message.id === sent.waId)).toMatchObject({
        text: 'to all',
      });
    }
    const reply = await control.write(people[1]!.number, { to: jid, text: 'from one' });
    await until('the reply in the group', async () => {
      const { items } = await api.messages(sent.chatId);
      return items.some(({ waId, content }) => waId === reply.id && content.kind === 'text');
    });
  }

  it('is taken from an archive by the API, offline until a person says so, and only once', async () => {
    const person = await control.createPerson({ rule: { kind: 'silent' } });
    const phone = await lifeBefore([person], ({ number }) =>
      control.createGroup({ subject: 'Zipped', creator: person.number, participants: [number] }),
    );
    const archive = await tarOf(folder, phone.number);
    const first = await post(archive);
    expect(first.status).toBe(201);
    const { account, warning } = (await first.json()) as AccountImported;
    expect(account).toMatchObject({ name: 'Zipped', phoneNumber: `+${phone.number}`, statusNote: warning });
    expect(account.state).toMatchObject({ wanted: 'offline', status: 'inactive', userAction: 'reconnect' });
    const second = await post(archive);
    expect([second.status, (await second.json()).error.code]).toEqual([409, 'phone_number_taken']);
    await api.initialize(account.id);
    await connected(api, account.id);
    expect(readdirSync(folder)).toContain(phone.number);
  });

  const post = (body: Buffer) =>
    fetch(`${product.url}/api/whatsapp/accounts/import?network=sandbox&name=Zipped`, {
      method: 'POST',
      headers: { 'x-api-key': product.apiKey, 'content-type': 'application/gzip' },
      body: new Uint8Array(body),
    });
});

async function tarOf(folder: string, name: string): Promise<Buffer> {
  const tar = spawn('tar', ['-czf', '-', '-C', folder, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  for await (const chunk of tar.stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
