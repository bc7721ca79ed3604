/**
 * What is true for some seconds, from the worker that sees it to the sockets of any API process, by NOTIFY. Nothing is
 * kept: what is lost on the way is lost. The worker names a chat by address; here it becomes the chat that pages know, and
 * a chat that does not exist is nobody's to see.
 */
import type { EphemeralEnvelope, Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import type { Listener } from '../../cluster/listener.repository.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import type { EngineEvent } from '../engines/engine.js';
import type { GroupJid, PersonAddress } from '../jid.js';

export type PassingEvent = Extract<EngineEvent, { type: 'typing' | 'presence' | 'history-progress' }>;

interface Passing {
  accountId: string;
  network: Network;
  event: PassingEvent;
}

/** NOTIFY takes 8000 bytes; these are far from it. */
export const passOn =
  (notifier: Notifier) =>
  ({ id, network }: { id: string; network: Network }, event: PassingEvent): void =>
    notifier.wake('ephemeral', JSON.stringify({ accountId: id, network, event } satisfies Passing));

/** Calls `told` with each that concerns a chat, in the order in which they were heard. Answers the way to stop. */
export function hearPassing(sql: Sql, listener: Listener, told: (envelope: EphemeralEnvelope) => void): () => void {
  let before: Promise<unknown> = Promise.resolve();
  return listener.on('ephemeral', (payload) => {
    const passing = payload === undefined ? undefined : read(payload);
    if (!passing) return;
    // The database is away, and with it the moment.
    const found = envelopeOf(sql, passing).catch(() => undefined);
    before = Promise.all([found, before]).then(([envelope]) => envelope && told(envelope));
  });
}

function read(payload: string): Passing | undefined {
  try {
    return JSON.parse(payload) as Passing;
  } catch {
    return undefined; // not of ours
  }
}

async function envelopeOf(sql: Sql, { accountId, network, event }: Passing): Promise<EphemeralEnvelope | undefined> {
  if (event.type === 'history-progress')
    return { event: 'progress', accountId, payload: { of: 'history', percent: event.percent } };
  const where = event.type === 'typing' ? event.chat : event.person;
  const chatId = await chatOf(sql, accountId, network, where);
  if (!chatId) return undefined;
  if (event.type === 'presence') {
    const lastSeenAt = event.lastSeenAt === null ? null : new Date(event.lastSeenAt).toISOString();
    return { event: 'presence', accountId, payload: { chatId, online: event.online, lastSeenAt } };
  }
  const person = await personOf(sql, network, event.by);
  if (!person) return undefined;
  return {
    event: 'typing',
    accountId,
    payload: { chatId, personId: person.id, name: person.name, doing: event.doing },
  };
}

async function chatOf(sql: Sql, accountId: string, network: Network, where: PersonAddress | GroupJid) {
  const group = typeof where === 'string' ? where : null;
  const { phone = null, lid = null } = typeof where === 'string' ? {} : where;
  const { rows } = await sql.query<{ id: string }>(
    `select c.id from mkt_wap_chats c
     left join mkt_wap_groups g on g.id = c.group_id left join mkt_wap_people p on p.id = c.person_id
     where c.account_id = $1 and c.network = $2 and (g.wa_id = $3 or p.phone = $4 or p.lid = $5) limit 1`,
    [accountId, network, group, phone, lid],
  );
  return rows[0]?.id;
}

async function personOf(sql: Sql, network: Network, { phone, lid }: PersonAddress) {
  const { rows } = await sql.query<{ id: string; name: string | null }>(
    `select id, push_name as name from mkt_wap_people where network = $1 and (phone = $2 or lid = $3) limit 1`,
    [network, phone, lid],
  );
  return rows[0];
}
