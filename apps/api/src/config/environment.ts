import { StartError } from '../processes/start-error.ts';
import { EnvironmentError } from './environment-error.ts';
import type { Variable } from './variable.ts';
import { type VariableName, variables } from './variables.ts';

type Values = { [N in VariableName]: (typeof variables)[N] extends Variable<infer T> ? T : never };

/** The environment, parsed once; nothing else reads `process.env` for these. */
export type Environment = Readonly<Omit<Values, 'SANDBOX'> & { SANDBOX: boolean }>;

/** Throws `StartError` with one clear sentence on the first thing that is wrong. Empty counts as unset. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const names = Object.keys(variables) as VariableName[];
  const values = Object.fromEntries(names.map((name) => [name, readOne(name, env[name] || undefined)])) as Values;
  const environment = { ...values, SANDBOX: values.SANDBOX ?? values.DATABASE_URL === undefined };
  checkTogether(environment);
  return Object.freeze(environment);
}

function readOne(name: VariableName, value: string | undefined): unknown {
  const variable: Variable = variables[name];
  const read = variable.schema.safeParse(value);
  if (!read.success) throw new EnvironmentError(name, value, variable);
  return read.data;
}

function checkTogether(values: Environment): void {
  together(values, 'TRUNKLINE_ADMIN_EMAIL', 'TRUNKLINE_ADMIN_PASSWORD');
  together(values, 'SANDBOX_URL', 'SANDBOX_ROOT_KEY');
  together(values, 'S3_BUCKET', 'S3_ACCESS_KEY_ID');
  together(values, 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY');
  if (values.SANDBOX_CA && !values.SANDBOX_URL) throw new StartError('SANDBOX_CA is set without SANDBOX_URL.');
  if (values.SANDBOX_URL && !values.SANDBOX) throw new StartError('SANDBOX_URL is set while SANDBOX is off.');
}

function together(values: Environment, first: VariableName, second: VariableName): void {
  if ((values[first] === undefined) === (values[second] === undefined)) return;
  const [set, unset] = values[first] === undefined ? [second, first] : [first, second];
  throw new StartError(`${set} is set without ${unset}; set both or neither.`);
}
