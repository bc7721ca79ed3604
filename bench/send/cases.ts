/** What both sides send: the same accounts, people, group and numbers of messages. */
import type { BenchSandbox } from '../support/sandbox.ts';
import { say } from '../support/say.ts';
import type { Seed } from '../support/seed.ts';

export interface Job {
  seed: Seed;
  /** A person's number, digits, or a group id. */
  to: string;
  count: number;
}

export interface Case {
  name: 'ratio1' | 'ratio50' | 'ratio200' | 'group';
  jobs: Job[];
}

export interface Cast {
  seeds: Seed[];
  /** Of the person with whom each account talks, in the order of the accounts. */
  people: string[];
  cases: Case[];
}

/** Members of the group beside the account that writes. */
const OTHERS = 20;

/** Each case lasts for seconds: in less, what the batches of the API wait for at both ends would be most of it. */
export async function castFor(sandbox: BenchSandbox, seeds: Seed[]): Promise<Cast> {
  say(`Making ${seeds.length} people and a group …`);
  const people: string[] = [];
  for (let index = 0; index < seeds.length; index += 1)
    people.push((await sandbox.control.createPerson({ rule: { kind: 'echo' } })).number);
  const creator = seeds[0]!.number;
  const group = await sandbox.control.createGroup({ subject: 'Bench', creator, participants: people.slice(0, OTHERS) });
  const each = (accounts: number, count: number): Job[] =>
    seeds.slice(0, accounts).map((seed, index) => ({ seed, to: people[index]!, count }));
  const cases: Case[] = [
    { name: 'ratio1', jobs: each(1, 500) },
    { name: 'ratio50', jobs: each(50, 40) },
    { name: 'ratio200', jobs: each(200, 15) },
    { name: 'group', jobs: [{ seed: seeds[0]!, to: group.id, count: 400 }] },
  ];
  return { seeds, people, cases };
}

/** How many people see each message of a case. */
export const readersOf = ({ name }: Case) => (name === 'group' ? OTHERS : 1);
