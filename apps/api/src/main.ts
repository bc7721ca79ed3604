import { existsSync } from 'node:fs';
import { reportReady } from './processes/child/supervisor-link.ts';

/**
 * One program, several roles: `node dist/main.js [role]`. Without a role it is the supervisor, which starts the others.
 * Each role loads only what it needs.
 */
const roles: Record<string, () => Promise<unknown>> = {
  supervisor: async () => (await import('./processes/supervisor/supervisor.main.ts')).runSupervisor(),
  guard: () => import('./processes/guard/guard.main.ts'),
  sandbox: async () => (await import('./sandbox.main.ts')).runSandbox(),
  api: async () => serve((await import(programOf('api'))).runApi),
  import: async () => command((await import('./commands/import.main.js')).runImport),
  backup: async () => command((await import('./commands/backup.main.js')).runBackup),
  restore: async () => command((await import('./commands/restore.main.js')).runRestore),
  'rotate-key': async () => command((await import('./commands/rotate.key.main.js')).runRotateKey),
  worker: async () => serve((await import(programOf('worker'))).runWorker),
  trace: async () => command((await import('./commands/trace.main.js')).runTrace),
};

/** The build makes one file of each, which is found sooner; who develops has the files that the compiler writes. */
function programOf(role: 'api' | 'worker'): string {
  const bundle = new URL(`./${role}.bundle.js`, import.meta.url);
  return existsSync(bundle) && !process.env.TRUNKLINE_DEVELOP ? bundle.href : `./${role}.main.js`;
}

/** A role that could not start has said why and set the exit code; it must not be kept alive by what it opened before. */
async function serve(run: () => Promise<void>): Promise<void> {
  await run();
  if (process.exitCode) process.exit();
  reportReady();
}

/** What a person runs beside the product or instead of it, to its end. */
async function command(run: () => Promise<void>): Promise<void> {
  return (await import('./commands/command.js')).runCommand(run);
}

const name = process.argv[2] ?? 'supervisor';
const run = roles[name];
if (run) await run();
else {
  process.stderr.write(`There is no role ${JSON.stringify(name)}; the roles are ${Object.keys(roles).join(', ')}.\n`);
  process.exitCode = 1;
}
