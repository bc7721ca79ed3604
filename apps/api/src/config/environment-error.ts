import { StartError } from '../processes/start-error.ts';
import type { Variable } from './variable.ts';

/** A wrong value stops the start: it names the variable, its value (masked if it is a secret) and what is allowed. */
export class EnvironmentError extends StartError {
  constructor(name: string, value: string | undefined, variable: Variable) {
    const shown = variable.secret && value ? 'a value that is not shown here' : JSON.stringify(value ?? '');
    super(`${name} is ${shown}; it must be ${variable.allowed}.`);
  }
}
