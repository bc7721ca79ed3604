import { reportReady } from './processes/child/supervisor-link.ts';

/**
 * One program, several roles: `node dist/main.js [role]`. Without a role it is the supervisor, which starts the others.
 * Each role loads only what it needs.
 */
const roles: Record<string, () => Promise<unknown>> = {
  supervisor: async () => (await import('./processes/supervisor/supervisor.main.ts')).runSupervisor(),
  guard: () => import('./processes/guard/guard.main.ts'),
  sandbox: async () => (await import('./sandbox.main.ts')).runSandbox(),
  api: async () => {
    await (await import('./api.main.js')).runApi();
    reportReady();
  },
  worker: async () => {
    await (await import('./worker.main.js')).runWorker();
    reportReady();
  },
};

const name = process.argv[2] ?? 'supervisor';
const run = roles[name];
if (run) await run();
else {
  process.stderr.write(`There is no role ${JSON.stringify(name)}; the roles are ${Object.keys(roles).join(', ')}.\n`);
  process.exitCode = 1;
}
