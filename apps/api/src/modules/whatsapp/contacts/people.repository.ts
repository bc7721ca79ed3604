import type { Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { carryOptOuts, phonesOptedOut } from '../../governor/opt-outs/opt.out.merge.repository.js';
import type { Sql } from '../../../database/database.js';
import { storableText } from '../../../database/text.js';
import { type MergedChat, mergePerson } from './people.merge.repository.js';
import { People, type PeopleChanges, type Person, type Sighting } from './people.js';

export type { MergedChat };

export interface Resolved {
  /** By `personKey`. */
  ids: Map<string, string>;
  mergedChats: MergedChat[];
}

export const personKey = ({ phone, lid }: Sighting): string => `${phone ?? ''}/${lid ?? ''}`;

/**
 * Who these sightings are about: finds, inserts, completes and merges people. Reads only, when nothing is new. What is new
 * is written under one lock for the network, so that two processes never insert or merge one person differently; callers
 * take it before any row of chats or messages.
 */
export async function resolvePeople(
  sql: Sql,
  network: Network,
  seen: readonly Sighting[],
  now: Date,
): Promise<Resolved> {
  if (seen.length === 0) return { ids: new Map(), mergedChats: [] };
  const sightings = seen.map((sighting) => ({ ...sighting, name: sighting.name ? storableText(sighting.name) : null }));
  const known = new People(await readPeople(sql, network, sightings), uuid);
  if (sightings.every((sighting) => known.knows(sighting))) {
    return {
      ids: idsOf(
        sightings,
        sightings.map((sighting) => known.find(sighting)!),
      ),
      mergedChats: [],
    };
  }
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('trunkline people ' || $1, 0))`, [network]);
  const people = new People(await readPeople(sql, network, sightings), uuid);
  const ids = idsOf(sightings, people.learn(sightings));
  return { ids, mergedChats: await writeChanges(sql, network, people.changes, now) };
}

const idsOf = (sightings: readonly Sighting[], people: readonly Person[]): Map<string, string> =>
  new Map(sightings.map((sighting, place) => [personKey(sighting), people[place]!.id]));

async function readPeople(sql: Sql, network: Network, sightings: readonly Sighting[]): Promise<Person[]> {
  const { rows } = await sql.query({
    name: 'read-people',
    text: `select id, phone, lid, push_name as "pushName" from mkt_wap_people
      where network = $1 and phone = any($2::text[])
      union select id, phone, lid, push_name from mkt_wap_people where network = $1 and lid = any($3::text[])`,
    values: [network, valuesOf(sightings, 'phone'), valuesOf(sightings, 'lid')],
  });
  return rows;
}

const valuesOf = (sightings: readonly Sighting[], key: 'phone' | 'lid'): string[] => [
  ...new Set(sightings.map((sighting) => sighting[key]).filter((value) => value !== null)),
];

async function writeChanges(sql: Sql, network: Network, changes: PeopleChanges, now: Date): Promise<MergedChat[]> {
  const mergedChats: MergedChat[] = [];
  for (const merge of changes.merged) mergedChats.push(...(await mergePerson(sql, merge, now)));
  const refusing = await phonesOptedOut(sql, network, [...changes.updated, ...changes.inserted]);
  await updatePeople(sql, changes.updated, now);
  await insertPeople(sql, network, changes.inserted, now);
  await carryOptOuts(sql, network, refusing, now);
  return mergedChats;
}

/** In two steps: a number that moves from one row to another must be free before it is taken. */
async function updatePeople(sql: Sql, people: readonly Person[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await sql.query(`update mkt_wap_people set phone = null, lid = null where id = any($1)`, [
    people.map(({ id }) => id),
  ]);
  await sql.query(
    `update mkt_wap_people p set phone = n.phone, lid = n.lid, push_name = n.push_name, updated_at = $5
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n (id, phone, lid, push_name) where p.id = n.id`,
    [...columns(people), now],
  );
}

async function insertPeople(sql: Sql, network: Network, people: readonly Person[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await sql.query(
    `insert into mkt_wap_people (id, phone, lid, push_name, network, created_at, updated_at)
     select n.*, $5, $6, $6 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n (id, phone, lid, push_name)`,
    [...columns(people), network, now],
  );
}

const columns = (people: readonly Person[]) => [
  people.map(({ id }) => id),
  people.map(({ phone }) => phone),
  people.map(({ lid }) => lid),
  people.map(({ pushName }) => pushName),
];
