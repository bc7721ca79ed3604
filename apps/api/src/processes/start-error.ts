/**
 * Something a person can mend stops the start: a busy port, a wrong variable, a data folder in use. The message is one
 * clear sentence, or two with the mend; it is printed without a stack and the process exits with code 1.
 */
export class StartError extends Error {
  override name = 'StartError';
}
