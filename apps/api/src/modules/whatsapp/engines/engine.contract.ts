/**
 * What every engine must do, over real sockets against the sandbox: an adapter's spec calls `engineContract` with a world
 * that has it. (An engine that speaks another protocol brings a world whose other side speaks that.) One file per chapter
 * in `contract/`.
 */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { callsContract } from './contract/calls.contract.js';
import { chatsContract } from './contract/chats.contract.js';
import { endingsContract } from './contract/endings.contract.js';
import { faultsContract } from './contract/faults.contract.js';
import { gateContract } from './contract/gate.contract.js';
import { groupsContract } from './contract/groups.contract.js';
import { historyContract } from './contract/history.contract.js';
import { keptContract } from './contract/kept.contract.js';
import { kindsContract } from './contract/kinds.contract.js';
import { linkingContract } from './contract/linking.contract.js';
import { postsContract } from './contract/posts.contract.js';
import { presenceContract } from './contract/presence.contract.js';
import { mediaContract } from './contract/media.contract.js';
import { profileContract } from './contract/profile.contract.js';
import { receivingContract } from './contract/receiving.contract.js';
import { retriesContract } from './contract/retries.contract.js';
import { sendingContract } from './contract/sending.contract.js';
import { trafficContract } from './contract/traffic.contract.js';
import type { EngineSession } from './engine.js';
import type { ContractWorld } from './testing/linked-account.js';

export interface ContractSetup {
  open(): Promise<Omit<ContractWorld, 'opened'>>;
  close(): Promise<void>;
}

const CHAPTERS: [title: string, chapter: (world: ContractWorld) => void][] = [
  ['linking', linkingContract],
  ['sending', sendingContract],
  ['groups', groupsContract],
  ['media', mediaContract],
  ['receiving', receivingContract],
  ['what follows from what was read', keptContract],
  ['kinds', kindsContract],
  ['posts', postsContract],
  ['presence', presenceContract],
  ['calls', callsContract],
  ['what is done with chats', chatsContract],
  ['how people and groups look', profileContract],
  ['the past', historyContract],
  ['what could not be read', retriesContract],
  ['the gate', gateContract],
  ['traffic', trafficContract],
  ['the end of a connection', endingsContract],
  ['faults', faultsContract],
];

export function engineContract(name: string, setup: ContractSetup): void {
  const world = { opened: [] as EngineSession[] } as unknown as ContractWorld;

  beforeAll(async () => void Object.assign(world, await setup.open()));
  afterEach(async () => {
    await world.control.clearFaults();
    await Promise.all(world.opened.splice(0).map((session) => session.disconnect()));
  });
  afterAll(() => setup.close());

  for (const [title, chapter] of CHAPTERS) describe(`${name}: ${title}`, () => chapter(world));
}
