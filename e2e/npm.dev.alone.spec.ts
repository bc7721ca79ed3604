/** `npm run dev` as a person types it: edits arrive by themselves, in pages that are open, too; nothing stays behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloneRoot } from '../apps/api/src/config/clone-root.js';
import { isAlive, type ProcessIdentity, signal } from '../apps/api/src/processes/identity.js';
import { removeDatabaseFiles } from '../apps/api/src/processes/postgres/remove.js';
import { waitUntil } from '../apps/api/src/processes/wait.js';
import { readRunning } from '../apps/api/src/processes/supervisor/leftovers.js';
import { openBrowser } from './support/browser.js';

const source = join(cloneRoot, 'apps/api/src/modules/health/health.controller.ts');
const page = join(cloneRoot, 'apps/admin/src/components/auth/AuthCard.tsx');
const built = join(cloneRoot, 'apps/api/dist/modules/health/health.controller.js');
const originals = [source, page].map((path) => [path, readFileSync(path, 'utf8')] as const);
const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-dev-'));
/** What no build of the original holds. */
const mark = randomUUID();

let npm: ChildProcess;
let printed = '';
let all: ProcessIdentity[] = [];
let isClean = true;
let opened: Promise<Browser> | undefined;
const browser = () => (opened ??= openBrowser());

/** The tree as it was, and built: what a spec after this one runs is the original. */
function restore(): void {
  for (const [path, text] of originals) writeFileSync(path, text);
  execFileSync('npm', ['run', 'build'], { cwd: cloneRoot, stdio: 'pipe' });
  isClean = true;
}

beforeEach(() => {
  // In a process group of its own, so that it can be sent a Ctrl-C as a terminal sends it: to the whole group.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir };
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  npm = spawn('npm', ['run', 'dev'], { cwd: cloneRoot, env, detached: true, stdio: [...stdio] });
  for (const stream of [npm.stdout!, npm.stderr!]) stream.on('data', (chunk) => (printed += String(chunk)));
});

afterEach(async () => {
  await (await opened)?.close();
  if (!hasEnded()) process.kill(-npm.pid!, 'SIGKILL');
  for (const identity of [...all, ...running()]) if (isAlive(identity)) killWhole(identity);
  await waitUntil(() => !all.some(isAlive), { withinMs: 10_000 });
  if (!isClean) restore();
  removeDatabaseFiles(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}, 240_000);

const hasEnded = (): boolean => npm.exitCode !== null || npm.signalCode !== null;

function running(): ProcessIdentity[] {
  const { guard, watched } = readRunning(dataDir);
  return guard ? [guard, ...watched] : watched;
}

/** With what it has started: Next's development server is a process of its own. */
function killWhole(identity: ProcessIdentity): void {
  try {
    process.kill(-identity.pid, 'SIGKILL');
  } catch {
    signal(identity, 'SIGKILL'); // It leads no group.
  }
}

function edit(path: string, before: string, after: string): void {
  const [, text] = originals.find(([original]) => original === path)!;
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
}

async function comes(what: string, condition: () => Promise<boolean> | boolean, withinMs: number): Promise<void> {
  expect(await waitUntil(condition, { withinMs }), `${what}\n${printed}`).toBe(true);
}

const address = (): string => /http:\/\/localhost:\d+/.exec(printed)![0];

/** The text, once the address answers; an api that is being reloaded does not. */
const read = (path: string): Promise<string> =>
  fetch(`${address()}${path}`).then(
    (answer) => (answer.ok ? answer.text() : ''),
    () => '',
  );

it('npm run dev serves pages, comes back with an edit, and ends whole on Ctrl-C', async () => {
  await comes('ready', () => printed.includes('Trunkline is ready'), 200_000);
  await comes('a page', async () => (await read('/sign-in')).includes('<html'), 90_000);
  expect(running().map((each) => 'name' in each && each.name)).toEqual(
    expect.arrayContaining(['compiler', 'pages', 'api', 'database']),
  );

  isClean = false;
  const open = await (await browser()).newPage();
  await open.goto(`${address()}/sign-in`);
  await open.getByText('This installation has no owner yet').waitFor({ timeout: 60_000 });
  // Next loses an edit that comes while it still compiles the page: a person would save again.
  let saved = 0;
  const saveAgain = () => {
    edit(page, '{lead}</p>', `{lead} ${mark} ${++saved}</p>`);
    return open
      .getByText(mark)
      .waitFor({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await comes('the edit in the open page', saveAgain, 90_000);

  edit(source, '{ live: true }', `{ live: true, mark: '${mark}' }`);
  await comes('the edit', async () => (await read('/api/health/live')).includes(mark), 90_000);

  all = running();
  process.kill(-npm.pid!, 'SIGINT');
  await comes('the end of all', () => !all.some(isAlive) && hasEnded(), 10_000);

  // The source is as it was when it was last built by `npm run build`; what is built is not, and that must be known.
  expect(readFileSync(built, 'utf8')).toContain(mark);
  restore();
  expect(readFileSync(built, 'utf8')).not.toContain(mark);
  expect(readFileSync(page, 'utf8')).not.toContain(mark);
  for (const part of ['apps/api/dist/worker.bundle.js', 'apps/admin/.next/standalone/apps/admin/server.js'])
    expect(existsSync(join(cloneRoot, part)), part).toBe(true);
}, 480_000);
