/** `npm run trace`: what an account and the network say to each other, redacted, for a while. */
import { v7 as uuid, validate } from 'uuid';
import { systemClock } from '../clock/clock.js';
import type { Store } from '../database/database.js';
import { insertCommand } from '../modules/cluster/commands/command.repository.js';
import { Notifier } from '../modules/cluster/notifier.repository.js';
import {
  insertTrace,
  tracedAccount,
  traceLines,
  type TracedLine,
} from '../modules/whatsapp/accounts/trace.repository.js';
import { CommandRefused, readArguments, say } from './command.js';
import { withInstallation } from './installation.js';

const USAGE = `npm run trace -- [--seconds 60] [--json] ACCOUNT

ACCOUNT is the id of an account; the product has to run. Prints one line for each node, C from us and S from the server, as
conformance/capture writes them. No number, name, text, id or key is in it.
  --seconds   how long, up to 600
  --json      one JSON object for each node, with its whole shape`;

const OPTIONS = { seconds: { type: 'string', default: '60' }, json: { type: 'boolean', default: false } } as const;
const POLL_MS = 500;
/** What was said last is written a moment later. */
const SETTLE_MS = 2_000;

export async function runTrace(): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE);
  const [accountId, ...more] = positionals;
  const seconds = Number(values.seconds);
  if (!accountId || !validate(accountId) || more.length > 0) throw new CommandRefused(USAGE);
  if (!(seconds >= 1 && seconds <= 600)) throw new CommandRefused('--seconds must be from 1 to 600.');
  await withInstallation(({ store }) => record(store, accountId, { seconds, json: values.json }));
}

async function record(store: Store, accountId: string, how: { seconds: number; json: boolean }): Promise<void> {
  const account = await tracedAccount(store.pool, accountId);
  if (!account) throw new CommandRefused('There is no such account.');
  if (!account.served) {
    throw new CommandRefused(`Nothing runs accounts of the network ${account.network} now. Start the product first.`);
  }
  if (account.wanted === 'offline')
    process.stderr.write('The account is offline; connect it, and its login is here.\n');
  const [traceId, now] = [uuid(), systemClock.now()];
  const until = new Date(now.getTime() + how.seconds * 1000);
  await insertTrace(store.pool, { id: traceId, accountId, startedAt: now, endsAt: until });
  const input = { traceId, until: until.toISOString() };
  await insertCommand(store.pool, { id: uuid(), accountId, verb: 'trace', input }, now, until);
  const notifier = new Notifier(store.pool);
  notifier.wake('commands', accountId);
  await notifier.flushed();
  await print(store, traceId, until, how.json);
}

async function print(store: Store, traceId: string, until: Date, json: boolean): Promise<void> {
  let last = 0;
  for (const end = until.getTime() + SETTLE_MS; systemClock.now().getTime() < end;) {
    for (const each of await traceLines(store.pool, traceId, last)) {
      say(json ? JSON.stringify(each) : lineOf(each));
      last = each.n;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  process.stderr.write(`${last} nodes.\n`);
}

const lineOf = ({ at, line }: TracedLine): string => `${at.toISOString()} ${line}`;
