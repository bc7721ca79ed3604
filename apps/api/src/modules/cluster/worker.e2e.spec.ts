/** A worker on a real database and the real wire: linked, restarted, taken over, sending and receiving. No HTTP. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../clock/clock.js';
import { useDatabase } from '../../testing/database.js';
import { systemCtx } from '../auth/ctx.js';
import { AccountService } from '../whatsapp/accounts/account.service.js';
import { createBaileysEngine, inspectCreds, trustSandboxRoot } from '../whatsapp/engines/baileys/baileys.engine.js';
import { insertTrace, traceLines } from '../whatsapp/accounts/trace.repository.js';
import { describe as describeNode } from '../whatsapp/engines/trace/describe.js';
import { ClientVersions } from '../whatsapp/engines/version/client.versions.js';
import { readVersionPage, versionPageOf } from '../whatsapp/engines/version/version.page.js';
import { Secrets } from '../whatsapp/events/secrets.js';
import { MessageService } from '../whatsapp/messages/message.service.js';
import { specLibrary } from '../../testing/media.library.js';
import { openPreviews } from '../whatsapp/previews/preview.maker.js';
import { openMediaDesk } from '../whatsapp/media/media.desk.js';
import { Vault } from '../whatsapp/sessions/vault.js';
import { Commands } from './commands/commands.js';
import { Listener } from './listener.repository.js';
import { Notifier } from './notifier.repository.js';
import { Worker } from './worker.js';

const ctx = systemCtx('spec');

describe('a worker', () => {
  const database = useDatabase();
  const vault = new Vault(randomBytes(32));
  let sandbox: Sandbox;
  let control: SandboxControl;
  let listener: Listener;
  let notifier: Notifier;
  let commands: Commands;
  let accounts: AccountService;
  let messages: MessageService;
  let workers: Worker[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, controlPort: 0 });
    trustSandboxRoot(sandbox.rootKey);
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
    listener = new Listener(database.url, systemClock);
    await listener.start();
    notifier = new Notifier(database.pool);
    commands = new Commands(database, notifier, listener, systemClock);
    const secrets = new Secrets(database.pool, vault, systemClock);
    const networks = { whatsapp: true, sandbox: true };
    accounts = new AccountService(database, commands, notifier, secrets, systemClock, networks);
    messages = new MessageService(database, systemClock, notifier);
  });
  afterAll(async () => {
    commands?.stop();
    await listener?.stop();
    await sandbox?.close();
  });
  beforeEach(() => startWorker());
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
  });

  async function startWorker(): Promise<Worker> {
    const engine = createBaileysEngine();
    const log = pino({ level: process.env.SPEC_LOG ?? 'silent' });
    const worker = new Worker({
      identity: { id: randomUUID(), network: 'sandbox', host: 'spec', pid: process.pid },
      store: database,
      listener,
      notifier,
      vault,
      media: openMediaDesk(specLibrary(database)),
      previews: openPreviews(),
      engine,
      inspect: inspectCreds,
      endpoint: { url: sandbox.url },
      versions: new ClientVersions({
        network: 'sandbox',
        setting: undefined,
        builtIn: engine.version,
        readPage: () => readVersionPage(versionPageOf(sandbox.url)),
        store: database,
        clock: systemClock,
        log,
      }),
      clock: systemClock,
      log,
    });
    workers.push(worker);
    await worker.start();
    return worker;
  }

  let last: unknown;
  async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    for (const end = performance.now() + 30_000; performance.now() < end;) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`waited for ${what}: ${JSON.stringify(last)}`);
  }

  const connected = (id: string) =>
    until('connected', async () => {
      const account = await accounts.read(ctx, id);
      last = account;
      return account.state.status === 'active' && account.state.connection === 'connected' ? account : undefined;
    });

  async function link(name: string) {
    const account = await accounts.create(ctx, { name, network: 'sandbox' });
    const phone = await control.createPhone({ pushName: name });
    await accounts.initialize(ctx, account.id);
    const qr = await until('a QR', () => accounts.qr(ctx, account.id).catch(() => undefined));
    await control.scan(phone.number, { qr: qr.text });
    return { account: await connected(account.id), phone };
  }

  it('links, sends, is answered, and comes back with another worker after a clean stop', async () => {
    const { account, phone } = await link('Shop');
    expect(account).toMatchObject({ phoneNumber: `+${phone.number}`, phoneNumberSource: 'engine' });
    await until('the push name', async () => (await accounts.read(ctx, account.id)).pushName === 'Shop');
    const ada = await control.createPerson({ name: 'Ada', rule: { kind: 'echo' } });
    const { message } = await messages.send(ctx, { accountId: account.id, to: `+${ada.number}`, text: 'hello' });
    await until('the echo', async () => {
      const { items } = await messages.list(ctx, { chatId: message.chatId, limit: 10 });
      return items.length === 2 && items.find(({ id }) => id === message.id)?.status === 'read';
    });

    await workers.pop()!.stop();
    expect((await accounts.read(ctx, account.id)).state.connection).toBe('reconnecting');
    await startWorker();
    await connected(account.id);
    expect((await control.getPhone(phone.number)).companions).toHaveLength(1);
    await messages.send(ctx, { accountId: account.id, to: `+${ada.number}`, text: 'again' });
    await until('both, once', async () => {
      const { items } = await control.seen(ada.number, {});
      return items.length === 2 && items.every(({ times }) => times === 1);
    });
    expect((await control.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
  });

  it('heals by itself when the network wants a newer client, and remembers which one it took', async () => {
    const { account, phone } = await link('Old');
    const version = `2.3000.${1_900_000_000 + Math.floor(Math.random() * 1000)}`;
    const effect = {
      kind: 'least-version' as const,
      version: version.split('.').map(Number) as [number, number, number],
    };
    const fault = await control.setFault({ effect });
    await control.drop({ account: phone.number });
    await until('the refusal', async () => (await control.counts())['refused:login-405']);
    await connected(account.id);
    const { rows } = await database.pool.query('select network, version from mkt_wap_client_versions');
    expect(rows).toEqual([{ network: 'sandbox', version }]);
    const { rows: told } = await database.pool.query(
      `select payload from mkt_wap_events where event = 'network.client_version'`,
    );
    expect(told.map(({ payload }) => payload)).toEqual([{ network: 'sandbox', version }]);

    const refused = (await control.counts())['refused:login-405'];
    await workers.pop()!.stop();
    await startWorker();
    await connected(account.id);
    expect((await control.counts())['refused:login-405']).toBe(refused);
    await control.clearFault(fault.id);
  });

  it('records what an account and the network say to each other, as the network hears it, and nothing of anybody', async () => {
    const { account, phone } = await link('Traced');
    const ada = await control.createPerson({ name: 'Ada', rule: { kind: 'mute' } });
    const heard: string[] = [];
    const [traceId, now] = [randomUUID(), new Date()];
    const endsAt = new Date(now.getTime() + 60_000);
    await insertTrace(database.pool, { id: traceId, accountId: account.id, startedAt: now, endsAt });
    await commands.ask(account.id, 'trace', { traceId, until: endsAt.toISOString() });
    const stop = sandbox.capture(({ account: number, direction, node }) => {
      if (number === phone.number) heard.push(`${direction === 'in' ? 'C' : 'S'} ${describeNode(node)}`);
    });
    const text = 'nobody else is to read this';
    await messages.send(ctx, { accountId: account.id, to: `+${ada.number}`, text });
    const lines = await until('the receipt of reading', async () => {
      const found = await traceLines(database.pool, traceId, 0);
      // It is written down before it leaves.
      const both = [found.map(({ line }) => line), heard].every((each) => each.includes('C ack receipt read'));
      return both && found;
    });
    stop();
    const side = (all: string[], of: string) => all.filter((line) => line.startsWith(of));
    const between = (all: string[]) => {
      const from = all.findIndex((line) => line.startsWith('C message'));
      return all.slice(from, all.indexOf('C ack receipt read') + 1);
    };
    const [ours, theirs] = [between(lines.map(({ line }) => line)), between(heard)];
    expect(ours[0]).toMatch(/^C message text: participants\(to/);
    // What crosses on the way is heard in another order at the other end.
    expect(side(ours, 'C')).toEqual(side(theirs, 'C'));
    expect(side(ours, 'S')).toEqual(side(theirs, 'S'));
    const all = JSON.stringify(lines);
    for (const secret of [phone.number, ada.number, ada.lid, text, 'Ada', 'Traced']) expect(all).not.toContain(secret);
  });
});
