import type {
  Consent,
  Network,
  OptOut,
  OptOutImported,
  optOutCreateSchema,
  optOutImportSchema,
  optOutListQuery,
  Page,
} from '@trunkline/contracts';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { announceMergedChats } from '../../whatsapp/chats/chat.merged.js';
import { personKey, resolvePeople } from '../../whatsapp/contacts/people.repository.js';
import type { PersonAddress } from '../../whatsapp/jid.js';
import { parseRecipient } from '../../whatsapp/messages/outbound/recipient.js';
import { type ListedPerson, readOptOutCsv } from './opt.out.csv.js';
import { findOptOut, listOptOuts, personOfNetwork } from './opt.out.list.repository.js';
import { type Actor, insertOptOuts, liftOptOuts, type NewOptOut } from './opt.out.repository.js';

/** People are looked up so many at once; each time under one lock of the network. */
const PORTION = 1_000;

/** The list of people who want no messages, as those who run the product use it. */
export class OptOutService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
  ) {}

  list(ctx: Ctx, query: z.infer<typeof optOutListQuery>): Promise<Page<OptOut>> {
    return listOptOuts(this.store.pool, ctx, query);
  }

  /** Also when the person stands on the list already: then nothing changes, and the row that stands is answered. */
  async add(ctx: Ctx, input: z.infer<typeof optOutCreateSchema>): Promise<OptOut> {
    const { optOut, personId } = await this.#change(async (sql, now) => {
      const id = input.personId ?? (await resolveOne(sql, input.network, input.to!, now));
      if (!(await personOfNetwork(sql, ctx, input.network, id))) throw noPerson();
      const added = await insertOptOuts(sql, [entry(ctx, input.network, id, 'by_hand', input.note ?? null)], now);
      return { optOut: added[0], personId: id };
    });
    if (optOut) return optOut;
    const query = { personId, state: 'standing', limit: 1 } as const;
    const standing = (await listOptOuts(this.store.pool, ctx, query)).items[0];
    if (!standing) throw new ProblemError('not_found', 'There is no such person.');
    return standing;
  }

  /** New consent: recorded with its proof, and the person may be written to again. Safe to repeat. */
  async consent(ctx: Ctx, id: string, { note }: Consent): Promise<OptOut> {
    const optOut = await findOptOut(this.store.pool, ctx, id);
    if (!optOut) throw new ProblemError('not_found', 'There is no such opt-out.');
    await this.#change((sql, now) =>
      liftOptOuts(sql, [optOut.personId], { source: 'consent', actor: actorOf(ctx), note }, now),
    );
    return (await findOptOut(this.store.pool, ctx, id)) ?? optOut;
  }

  /** All or nothing; what is wrong in the file is told by row, and the rest goes in. */
  async import(ctx: Ctx, input: z.infer<typeof optOutImportSchema>): Promise<OptOutImported> {
    const listed = readOptOutCsv(input.network, input.csv, input.country);
    const added = await this.#change((sql, now) => addListed(sql, ctx, input.network, listed, now));
    return report(listed, added);
  }

  /** All that `ctx` may see, in portions, the newest first. */
  async *export(ctx: Ctx, query: Pick<z.infer<typeof optOutListQuery>, 'network' | 'state'>): AsyncGenerator<OptOut> {
    let cursor: string | undefined;
    do {
      const page = await listOptOuts(this.store.pool, ctx, { ...query, cursor, limit: PORTION });
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async #change<T>(work: (sql: Sql, now: Date) => Promise<T>): Promise<T> {
    const result = await transact(this.store.pool, (sql) => work(sql, this.clock.now()));
    this.notifier.wake('unnumbered');
    return result;
  }
}

const noPerson = () =>
  new ProblemError('not_found', 'There is no such person.', [{ field: 'personId', message: 'Not a person here.' }]);

const actorOf = ({ actor }: Ctx): Actor => actor;

const entry = (ctx: Ctx, network: Network, personId: string, source: NewOptOut['source'], note: string | null) => ({
  network,
  personId,
  source,
  note,
  actor: actorOf(ctx),
});

async function resolveOne(sql: Sql, network: Network, to: string, now: Date): Promise<string> {
  const recipient = parseRecipient(to, network);
  if (typeof recipient === 'string') {
    const message = 'A group cannot opt out; its members can.';
    throw new ProblemError('recipient_invalid', message, [{ field: 'to', message }]);
  }
  return (await resolve(sql, network, [recipient], now)).get(personKey(recipient))!;
}

async function resolve(sql: Sql, network: Network, people: readonly PersonAddress[], now: Date) {
  const { ids, mergedChats } = await resolvePeople(sql, network, people, now);
  await announceMergedChats(sql, mergedChats, now);
  return ids;
}

/** Answers the keys of those who are new on the list. */
async function addListed(sql: Sql, ctx: Ctx, network: Network, listed: readonly ListedPerson[], now: Date) {
  const all = new Map<string, NewOptOut>();
  const keys = new Map<string, string>();
  const right = listed.flatMap(({ person, note }) => (person ? [{ person, note }] : []));
  for (let from = 0; from < right.length; from += PORTION) {
    const portion = right.slice(from, from + PORTION);
    const ids = await resolve(
      sql,
      network,
      portion.map(({ person }) => person),
      now,
    );
    for (const { person, note } of portion) {
      const id = ids.get(personKey(person))!;
      keys.set(personKey(person), id);
      if (!all.has(id)) all.set(id, entry(ctx, network, id, 'import', note));
    }
  }
  const added = new Set((await insertOptOuts(sql, [...all.values()], now)).map(({ personId }) => personId));
  return new Set([...keys].filter(([, id]) => added.has(id)).map(([key]) => key));
}

function report(listed: readonly ListedPerson[], added: ReadonlySet<string>): OptOutImported {
  const seen = new Set<string>();
  const rows = listed.map(({ row, value, person }) => {
    if (!person) return { row, value, outcome: 'wrong' as const, message: WRONG };
    const key = personKey(person);
    const outcome = added.has(key) && !seen.has(key) ? ('added' as const) : ('already' as const);
    seen.add(key);
    return { row, value, outcome, message: null };
  });
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  return { added: count('added'), already: count('already'), wrong: count('wrong'), rows };
}

const WRONG = 'This is no number of this network: give it with its country code, such as +628123456789.';
