import type { SandboxAddress, ToSupervisor } from '../messages.ts';
import { StartError } from '../start-error.ts';

/** Tells the supervisor, if there is one (a role can be run by hand, too). */
export function tellSupervisor(message: ToSupervisor): void {
  // A supervisor that has just gone takes nothing any more; that it has gone is noticed elsewhere.
  if (process.connected) process.send?.(message, () => undefined);
}

export function reportReady(sandbox?: SandboxAddress): void {
  tellSupervisor({ type: 'ready', sandbox });
}

/** Has the one-time link of the owner printed on the terminal. It must appear nowhere else: never log it. */
export function reportSetupLink(url: string): void {
  tellSupervisor({ type: 'setup-link', url });
}

/** What only a person can mend ends the start with one sentence on the terminal and exit code 1. */
export async function startOrReport(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    tellSupervisor({ type: 'cannot-start', message: error.message });
    process.exitCode = 1;
  }
}
