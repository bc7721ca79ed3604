import { identify, isAlive, type ProcessIdentity, signal } from './identity.ts';
import { waitUntil } from './wait.ts';

/** A process that must not outlive its supervisor, and how it is ended. */
export interface Watched extends ProcessIdentity {
  name: string;
  kind: 'node' | 'postgres';
}

/** Ends orphans: what uses the database first, then the database. Takes 7 s at most, and mostly far less. */
export async function endAll(processes: Watched[]): Promise<void> {
  await Promise.all(processes.filter(({ kind }) => kind === 'node').map((each) => endGroup(each)));
  await Promise.all(processes.filter(({ kind }) => kind === 'postgres').map((each) => endPostgres(each)));
}

/**
 * A Node child leads a group of its own, so whatever it started goes with it.
 * @param politelyMs time between the polite signal and force
 */
export async function endGroup(leader: ProcessIdentity, politelyMs = 2_500): Promise<void> {
  await endByForce(leader, [
    ['SIGTERM', politelyMs],
    ['SIGKILL', 500],
  ]);
  killGroup(leader);
}

/** Fast shutdown first (a checkpoint, nothing to recover), then immediate, then by force. */
export async function endPostgres(postmaster: ProcessIdentity): Promise<void> {
  await endByForce(postmaster, [
    ['SIGINT', 2_500],
    ['SIGQUIT', 1_000],
    ['SIGKILL', 500],
  ]);
}

/** Signals in turn, each with the time in milliseconds that it gets. */
async function endByForce(identity: ProcessIdentity, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [name, withinMs] of steps) {
    if (!signal(identity, name)) return;
    if (await waitUntil(() => !isAlive(identity), { withinMs, everyMs: 20 })) return;
  }
}

/**
 * Ends what a leader that has just ended left behind. The system gives no number out again while a group goes by it: when
 * a stranger has the leader's number, the group is the stranger's, and nothing of ours is in it. For leaders that ended
 * moments ago only: later the number may have been a stranger's who has ended as well.
 */
export function killGroup(leader: ProcessIdentity): void {
  const now = identify(leader.pid);
  if (now && now.startedAt !== leader.startedAt) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group, as it should be.
  }
}
