import type { Network } from '@trunkline/contracts';
import type { SandboxAddress } from '../processes/messages.ts';

/** What the supervisor gives a child besides the environment of a person: how the parts find each other. */
export interface Assignment {
  /** Of our own or of an external PostgreSQL. */
  databaseUrl: string;
  /** Where the api finds the pages; it proxies to them. */
  pagesUrl?: string;
  /** Where the sandbox is; undefined while it is off. */
  sandbox?: SandboxAddress;
  /** Of the set-up link that is on the terminal already: an api that is started again prints no other while it serves. */
  setupToken?: string;
  /** A worker's name in the leases, new at each start of a process, and the network it serves. */
  worker?: { id: string; network: Network };
}

/** Throws when a role is started by hand without what it needs. */
export function readAssignment(env: NodeJS.ProcessEnv = process.env): Assignment {
  const { DATABASE_URL, TRUNKLINE_PAGES_URL, TRUNKLINE_SETUP_TOKEN, TRUNKLINE_WORKER_ID, TRUNKLINE_NETWORK } = env;
  if (!DATABASE_URL) throw new Error('This role is started by the supervisor: DATABASE_URL is missing.');
  const worker = TRUNKLINE_WORKER_ID ? { id: TRUNKLINE_WORKER_ID, network: TRUNKLINE_NETWORK as Network } : undefined;
  return {
    databaseUrl: DATABASE_URL,
    pagesUrl: TRUNKLINE_PAGES_URL,
    sandbox: readSandbox(env),
    setupToken: TRUNKLINE_SETUP_TOKEN,
    worker,
  };
}

export function assignmentVariables({
  databaseUrl,
  pagesUrl,
  sandbox,
  setupToken,
  worker,
}: Assignment): Record<string, string> {
  const values = {
    DATABASE_URL: databaseUrl,
    TRUNKLINE_PAGES_URL: pagesUrl,
    TRUNKLINE_SETUP_TOKEN: setupToken,
    TRUNKLINE_WORKER_ID: worker?.id,
    TRUNKLINE_NETWORK: worker?.network,
    TRUNKLINE_SANDBOX_URL: sandbox?.url,
    TRUNKLINE_SANDBOX_ROOT_KEY: sandbox?.rootKey,
    TRUNKLINE_SANDBOX_CA: sandbox?.caFile,
    TRUNKLINE_SANDBOX_MEDIA_URL: sandbox?.media?.url,
    TRUNKLINE_SANDBOX_MEDIA_CA: sandbox?.media?.caFile,
    TRUNKLINE_SANDBOX_CONTROL: sandbox?.control,
    TRUNKLINE_SANDBOX_TOKEN: sandbox?.token,
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function readSandbox(env: NodeJS.ProcessEnv): SandboxAddress | undefined {
  const { TRUNKLINE_SANDBOX_URL: url, TRUNKLINE_SANDBOX_ROOT_KEY: rootKey } = env;
  if (!url || !rootKey) return undefined;
  const { TRUNKLINE_SANDBOX_CA, TRUNKLINE_SANDBOX_CONTROL, TRUNKLINE_SANDBOX_TOKEN } = env;
  const { TRUNKLINE_SANDBOX_MEDIA_URL: mediaUrl, TRUNKLINE_SANDBOX_MEDIA_CA: mediaCa } = env;
  return {
    url,
    rootKey,
    caFile: TRUNKLINE_SANDBOX_CA,
    ...(mediaUrl && mediaCa ? { media: { url: mediaUrl, caFile: mediaCa } } : {}),
    control: TRUNKLINE_SANDBOX_CONTROL,
    token: TRUNKLINE_SANDBOX_TOKEN,
  };
}
