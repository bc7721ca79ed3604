import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../whatsapp/testing/eventually.js';
import { systemClock } from '../../../clock/clock.js';
import { openDatabase } from '../../../database/database.js';
import { useDatabase } from '../../../testing/database.js';
import { makeAccount } from '../../whatsapp/testing/account.builder.js';
import { Listener } from '../listener.repository.js';
import { Notifier } from '../notifier.repository.js';
import { answerCommand, openCommands } from './command.repository.js';
import { Commands } from './commands.js';

describe('commands', () => {
  const database = useDatabase();
  let listener: Listener;
  let notifier: Notifier;
  let commands: Commands;
  beforeAll(async () => {
    listener = new Listener(database.url, systemClock);
    await listener.start();
    notifier = new Notifier(database.pool);
    commands = new Commands(database, notifier, listener, systemClock);
  });
  afterEach(() => notifier.flushed());
  afterAll(async () => {
    commands.stop();
    await listener.stop();
  });
  const open = async (accountId: string) =>
    eventually(async () => {
      const found = await openCommands(database.pool, [accountId], new Date());
      expect(found.length).toBeGreaterThan(0);
      return found;
    });

  it('wake the owner, and are answered across processes', async () => {
    const { id } = await makeAccount(database);
    const woken = new Promise((resolve) => listener.on('commands', resolve));
    const asked = commands.ask(id, 'phone', { phoneNumber: '+9990000001' });
    expect(await woken).toBe(id);
    const [command] = await open(id);
    expect(command).toMatchObject({ accountId: id, verb: 'phone', input: { phoneNumber: '+9990000001' } });
    await answerCommand(database.pool, command!.id, { ok: true, done: 1 }, new Date());
    notifier.wake('answers', command!.id);
    expect(await asked).toEqual({ ok: true, done: 1 });
    expect(await openCommands(database.pool, [id], new Date())).toEqual([]);
  });

  it('are answered also when the wake-up is lost', async () => {
    const { id } = await makeAccount(database);
    const asked = commands.ask(id, 'disconnect', {});
    const [command] = await open(id);
    await answerCommand(database.pool, command!.id, { ok: true }, new Date());
    expect(await asked).toEqual({ ok: true });
  });

  it('throw what the owner refused', async () => {
    const { id } = await makeAccount(database);
    const asked = commands.ask(id, 'pairing-code', { phone: '9990000001' });
    const [command] = await open(id);
    const refusal = { ok: false, code: 'account_already_linked', message: 'It is linked.' } as const;
    await answerCommand(database.pool, command!.id, refusal, new Date());
    await expect(asked).rejects.toMatchObject({ code: 'account_already_linked', message: 'It is linked.' });
  });

  it('are given up at their deadline, and not run after it', async () => {
    const { id } = await makeAccount(database);
    await expect(commands.ask(id, 'reset', {}, 50)).rejects.toMatchObject({ code: 'timed_out' });
    expect(await openCommands(database.pool, [id], new Date(0))).toEqual([]);
  });

  it('are given up also while the database is away, and nothing else comes of that', async () => {
    const { id } = await makeAccount(database);
    const unhandled: unknown[] = [];
    const hear = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', hear);
    const own = openDatabase(database.url, 1);
    const asking = new Commands(own, notifier, listener, systemClock);
    const asked = asking.ask(id, 'reset', {}, 500);
    const refused = expect(asked).rejects.toMatchObject({ code: 'timed_out' });
    await open(id);
    await own.pool.end();
    await refused;
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    asking.stop();
    expect(unhandled).toEqual([]);
  });

  it('keep the first answer', async () => {
    const { id } = await makeAccount(database);
    const asked = commands.ask(id, 'reset', {});
    const [command] = await open(id);
    await answerCommand(database.pool, command!.id, { ok: true }, new Date());
    await answerCommand(database.pool, command!.id, { ok: false, code: 'internal', message: 'late' }, new Date());
    expect(await asked).toEqual({ ok: true });
  });

  it('survive the loss of the listening connection, which comes back and looks at once', async () => {
    const { id } = await makeAccount(database);
    const asked = commands.ask(id, 'disconnect', {});
    const [command] = await open(id);
    const back = new Promise((resolve) =>
      listener.on('answers', (payload) => payload === undefined && resolve(payload)),
    );
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
    );
    await answerCommand(database.pool, command!.id, { ok: true }, new Date());
    await back;
    expect(await asked).toEqual({ ok: true });
  });
});
