import { BackupBroken } from '../backup/backup.format.js';
import { CommandRefused } from './command.js';

/** What is wrong with the file of a backup, for a person. */
export const refused = (before: string, error: unknown): unknown =>
  error instanceof BackupBroken ? new CommandRefused(`${before}${error.message}`) : error;

export function refusing(before: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    throw refused(before, error);
  }
}
