import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Network } from '@trunkline/contracts';
import { cloneRoot } from '../../config/clone-root.ts';
import { assignmentVariables } from '../../config/assignment.ts';
import type { Environment } from '../../config/environment.ts';
import type { SandboxAddress } from '../messages.ts';
import type { ChildPlan } from './child-plan.ts';
import { forkProgram, forkRole } from './fork-child.ts';
import { pagesProgram } from './pages-program.ts';

/** What is known of the running installation when a child is started. */
export interface Installation {
  environment: Environment;
  /** The port that was claimed; the environment may have wished for any. */
  port: number;
  pagesPort: number;
  databaseUrl: string;
  sandbox?: SandboxAddress;
  /** Of the test clock; undefined while there is none. */
  clockOffsetMs(): number | undefined;
  /** The set-up link that was printed last. */
  setupLink(): string | undefined;
}

/** The first start gives up after this many deaths; a product that ran keeps trying for ever. */
const attempts = 3;

export function apiPlan(installation: Installation): ChildPlan {
  const { environment, pagesPort, sandbox, databaseUrl } = installation;
  const pagesUrl = environment.PAGES ? `http://127.0.0.1:${pagesPort}` : undefined;
  const spawn = () => {
    const setupToken = tokenOf(installation.setupLink());
    const assigned = assignmentVariables({ databaseUrl, pagesUrl, sandbox, setupToken });
    return forkRole('api', { env: { ...inherited(installation), ...assigned } });
  };
  return { name: 'api', spawn, readyWithinMs: 60_000, stopWithinMs: 1_500, attempts };
}

const tokenOf = (link: string | undefined): string | undefined =>
  (link && new URL(link).searchParams.get('token')) ?? undefined;

/**
 * V8's young generation: two halves of so many MB. Left to itself it takes 64 for each as soon as many messages or logins have
 * passed, and keeps them: 100 MB of a worker, for some percent of its processor time (docs/performance.md).
 */
const WORKER_FLAGS = ['--max-semi-space-size=16'];

/** A worker of the real network never learns of a sandbox: it must not be able to trust its key. */
export function workerPlan(
  installation: Installation,
  network: Network,
  index: number,
  onName: (id: string) => void,
): ChildPlan {
  const { databaseUrl } = installation;
  const sandbox = network === 'sandbox' ? installation.sandbox : undefined;
  const spawn = () => {
    const id = randomUUID();
    onName(id);
    const assigned = assignmentVariables({ databaseUrl, sandbox, worker: { id, network } });
    // Node reads it at its start alone: a certificate authority of a foreign sandbox, for this worker and no other.
    const trusted = sandbox?.caFile ? { NODE_EXTRA_CA_CERTS: sandbox.caFile } : {};
    const env = { ...without(inherited(installation), firstSignIn), ...assigned, ...trusted };
    return forkRole('worker', { env, flags: WORKER_FLAGS });
  };
  return { name: `worker ${network} ${index}`, spawn, readyWithinMs: 60_000, stopWithinMs: 2_500 };
}

/** @param known where it was in its first life: those who were told look for it there */
export function sandboxPlan(installation: Installation, known: () => SandboxAddress | undefined): ChildPlan {
  const secrets = [...firstSignIn, 'DATABASE_URL', 'TRUNKLINE_VAULT_KEY'];
  const spawn = () =>
    forkRole('sandbox', { env: { ...without(inherited(installation), secrets), ...sameAs(known()) } });
  return { name: 'sandbox', spawn, readyWithinMs: 60_000, stopWithinMs: 1_000, attempts };
}

/** The pages get nothing of ours but a port: what they show comes through the api. */
export function pagesPlan(pagesPort: number, develop: boolean): ChildPlan {
  const { path, args, cwd } = pagesProgram(develop, pagesPort);
  const env = {
    ...compiled,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: develop ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '127.0.0.1',
    PORT: String(pagesPort),
  };
  const spawn = () => forkProgram(path, args, { env, cwd });
  return {
    name: 'pages',
    spawn,
    isReady: () => accepts(pagesPort),
    readyWithinMs: 60_000,
    stopWithinMs: 1_500,
    attempts,
  };
}

function sameAs(address: SandboxAddress | undefined): Record<string, string> {
  if (!address?.control || !address.token) return {};
  return {
    TRUNKLINE_SANDBOX_PORT: new URL(address.url).port,
    TRUNKLINE_SANDBOX_CONTROL_PORT: new URL(address.control).port,
    TRUNKLINE_SANDBOX_TOKEN: address.token,
    ...(address.media && { TRUNKLINE_SANDBOX_MEDIA_PORT: new URL(address.media.url).port }),
  };
}

/** In development: builds what changed; the reload follows by itself. Its findings are for the developer's terminal. */
export function compilerPlan(): ChildPlan {
  const path = createRequire(join(cloneRoot, 'package.json')).resolve('typescript/bin/tsc');
  const args = ['-b', 'apps/api', '--watch', '--preserveWatchOutput', '--pretty'];
  const spawn = () => forkProgram(path, args, { env: process.env, cwd: cloneRoot });
  return { name: 'compiler', spawn, isReady: async () => true, readyWithinMs: 1_000, stopWithinMs: 500 };
}

const firstSignIn = ['TRUNKLINE_ADMIN_EMAIL', 'TRUNKLINE_ADMIN_PASSWORD', 'TRUNKLINE_API_KEY'];

/** Code as it was compiled, shared by all starts from this clone. Where it cannot be written, Node goes without it. */
const compiled = { NODE_COMPILE_CACHE: join(cloneRoot, 'node_modules', '.cache', 'compiled') };

/** A person's environment with what we decided put in: the child must not decide anew, nor against another folder. */
function inherited({ environment, port, clockOffsetMs }: Installation): NodeJS.ProcessEnv {
  const offset = clockOffsetMs();
  return {
    ...compiled,
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'production',
    PORT: String(port),
    DATA_DIR: environment.DATA_DIR,
    SANDBOX: environment.SANDBOX ? 'on' : 'off',
    ...(offset === undefined ? {} : { TRUNKLINE_CLOCK_OFFSET_MS: String(offset) }),
  };
}

function without(env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
