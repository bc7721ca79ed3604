import type { ChildProcess } from 'node:child_process';

/** How one child is started, seen to be ready, and stopped. */
export interface ChildPlan {
  name: string;
  /** Anew for each life, so that it can get other variables each time. */
  spawn(): ChildProcess;
  /** For a program that does not know the supervisor: asked until it says yes. */
  isReady?(): Promise<boolean>;
  readyWithinMs: number;
  stopWithinMs: number;
  /** Lives that may end before it was ever ready; then the start is given up. Without it, never. */
  attempts?: number;
}
