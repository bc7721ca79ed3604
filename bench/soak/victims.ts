import type { Random } from '../support/random.ts';
import { say } from '../support/say.ts';
import type { Trunkline } from '../support/trunkline.ts';
import { pause } from '../support/wait.ts';

/** What a round may kill, with -9: one process of the product, or all of them at once. */
export const VICTIMS = ['worker sandbox', 'worker sandbox', 'api', 'database', 'everything'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Kills at a random moment within a second and a half; what was killed is running again or on its way when it resolves. */
export async function strike(ours: Trunkline, victim: Victim, random: Random): Promise<void> {
  await pause(random.below(1_500));
  if (victim === 'everything') {
    await ours.killAll();
    await ours.startAgain();
  } else if (!ours.kill(victim)) {
    say(`${victim} was not running; nothing was killed`);
  }
}
