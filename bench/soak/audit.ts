/** What was accepted against what was seen: promise 3, counted. */
import type { SeenMessage } from '@trunkline/sandbox';
import pg from 'pg';
import type { Trunkline } from '../support/trunkline.ts';
import { waitFor } from '../support/wait.ts';
import { type Actor, controlOf } from './cast.ts';
import type { Written } from './people.ts';
import type { Accepted } from './traffic.ts';

export interface Row {
  accountId: string;
  waId: string;
  direction: 'in' | 'out';
  status: string;
  certain: boolean | null;
  text: string | null;
}

function messageRows(ours: Trunkline): Promise<Row[]> {
  return query<Row>(
    ours,
    `select account_id as "accountId", wa_id as "waId", direction, status, (failure->>'certain')::boolean as certain,
       content->>'text' as text from mkt_wap_messages`,
  );
}

/** Which of these texts have arrived. */
export async function arrived(ours: Trunkline, texts: string[]): Promise<Set<string>> {
  const sql = `select content->>'text' as text from mkt_wap_messages where direction = 'in' and content->>'text' = any($1)`;
  return new Set((await query<{ text: string }>(ours, sql, [texts])).map(({ text }) => text));
}

/** QRs drawn since: each is a scan that somebody was asked for. */
export async function qrsSince(ours: Trunkline, since: Date): Promise<number> {
  const sql = `select count(*)::int as count from mkt_wap_events where event = 'account.qr' and timestamp > $1`;
  return (await query<{ count: number }>(ours, sql, [since]))[0]!.count;
}

export async function query<R extends pg.QueryResultRow>(
  ours: Trunkline,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: ours.databaseUrl });
  // A round may kill the database under it: the query then rejects, and who asks asks again.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Everything a person saw that somebody else wrote. */
export async function seenBy(ours: Trunkline, person: string): Promise<SeenMessage[]> {
  const all: SeenMessage[] = [];
  for (let after = 0; ;) {
    const { items, next } = await controlOf(ours).seen(person, { after, limit: 1000 });
    all.push(...items);
    if (items.length < 1000) return all.filter(({ fromMe }) => !fromMe);
    after = next;
  }
}

export interface Verdict {
  lost: number;
  doubled: number;
  /** Sums what breaks promise 3: lost, doubled, and a row that says another thing than what the person saw. */
  bad: number;
  /** In words, for who must find out. */
  findings: string[];
}

/** @param seen by person: everything they saw */
function auditSent(accepted: Accepted[], rows: Row[], seen: Map<string, SeenMessage[]>): Verdict {
  const byWaId = new Map(rows.filter(({ direction }) => direction === 'out').map((row) => [row.waId, row]));
  const verdict: Verdict = { lost: 0, doubled: 0, bad: 0, findings: [] };
  const find = (finding: string) => void (verdict.findings.push(finding), (verdict.bad += 1));
  for (const { waId, text, person } of accepted) {
    const row = byWaId.get(waId);
    const bubbles = (seen.get(person) ?? []).filter((each) => each.text === text).length;
    if (!row) {
      verdict.lost += 1;
      find(`${waId} was accepted and is not in the database`);
    } else if (bubbles > 1) {
      verdict.doubled += 1;
      find(`${waId} (${row.status}) was seen ${bubbles} times`);
    } else if (bubbles === 0 && ['sent', 'delivered', 'read'].includes(row.status)) {
      verdict.lost += 1;
      find(`${waId} is ${row.status} and was not seen`);
    } else if (bubbles === 1 && row.status === 'failed' && row.certain) {
      find(`${waId} is certainly not sent and was seen`);
    } else if (['queued', 'sending'].includes(row.status)) {
      find(`${waId} is still ${row.status}`);
    }
  }
  return verdict;
}

function auditReceived(written: Written[], rows: Row[]): Verdict {
  const times = new Map<string, number>();
  const key = (accountId: string, waId: string) => `${accountId} ${waId}`;
  for (const row of rows) {
    if (row.direction !== 'in') continue;
    times.set(key(row.accountId, row.waId), (times.get(key(row.accountId, row.waId)) ?? 0) + 1);
  }
  const verdict: Verdict = { lost: 0, doubled: 0, bad: 0, findings: [] };
  for (const { accountId, id } of written) {
    const count = times.get(key(accountId, id)) ?? 0;
    if (count === 1) continue;
    if (count === 0) verdict.lost += 1;
    else verdict.doubled += 1;
    verdict.bad += 1;
    verdict.findings.push(`${id} was written by a person and is ${count} times in the database`);
  }
  return verdict;
}

/** Of all people and phones together. */
export async function readingFaults(ours: Trunkline, actors: Actor[]) {
  const control = controlOf(ours);
  const counts = await Promise.all(actors.map(async ({ person }) => (await control.getPerson(person)).counts));
  const sum = (name: 'unreadable' | 'reused') => counts.reduce((total, each) => total + each[name], 0);
  return { unreadable: sum('unreadable'), reused: sum('reused') };
}

/**
 * Waits until nothing is under way any more, then counts. A message under which connection after connection broke is
 * `unknown` within two minutes; what is wrong after three is wrong.
 */
export async function settled(
  ours: Trunkline,
  actors: Actor[],
  { accepted, written }: { accepted: Accepted[]; written: Written[] },
): Promise<Verdict> {
  const look = async (): Promise<Verdict> => {
    const rows = await messageRows(ours);
    const seen = new Map<string, SeenMessage[]>();
    for (const { person } of actors) seen.set(person, await seenBy(ours, person));
    const [sent, received] = [auditSent(accepted, rows, seen), auditReceived(written, rows)];
    return {
      lost: sent.lost + received.lost,
      doubled: sent.doubled + received.doubled,
      bad: sent.bad + received.bad,
      findings: [...sent.findings, ...received.findings],
    };
  };
  const options = { withinMs: 180_000, everyMs: 1_000 };
  await waitFor('everything to be settled', async () => (await look()).bad === 0, options).catch(() => undefined);
  return look();
}
