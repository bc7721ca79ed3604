import { ProblemError } from '../../../errors/problem.js';

/** One number is of one account (R1.5): who has it is said, since that is the account to use. */
export function phoneNumberTaken(other: { name: string } | undefined): ProblemError {
  const name = other?.name ?? 'that had it just now';
  return new ProblemError('phone_number_taken', `The account “${name}” has this number.`);
}
