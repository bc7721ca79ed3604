/**
 * `npm run check:clone`: what a newcomer does, as they do it. HEAD is cloned into a path of more than 150 characters with a
 * space, under a home that only its owner may enter; then `npm start`, with nothing installed and nothing built, until a page
 * is served; then again. As root (who may then be anybody) also as an ordinary user. It installs and builds for real, which
 * takes minutes, and is therefore not among the specs.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';
import { Refusal, say } from './say.mjs';

const LONG = 150;
/** On a slow machine with an empty cache. */
const FIRST_MS = 900_000;
const SECOND_MS = 120_000;
const END_MS = 10_000;

export async function checkClone() {
  for (const user of users()) await trial(user);
  return 0;
}

/** Who starts it: the one who asks; root asks an ordinary user with an entry in the user list, too. */
function users() {
  const self = { name: process.getuid?.() === 0 ? 'root' : 'this user' };
  if (process.getuid?.() !== 0) return [self];
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'));
  if (!entry) throw new Refusal('There is no user "nobody" on this machine to try it as.');
  const [name, , uid, gid] = entry.split(':');
  return [self, { name, uid: Number(uid), gid: Number(gid) }];
}

async function trial(user) {
  const home = mkdtempSync(join(tmpdir(), 'trunkline-clone-'));
  const folder = 'a clone in a long path '.padEnd(LONG - home.length, 'x');
  const clone = join(home, folder, 'trunkline');
  try {
    mkdirSync(dirname(clone));
    execFileSync('git', ['clone', '--quiet', root, clone]);
    if (user.uid !== undefined) chownAll(home, user);
    await story(user, home, clone);
  } finally {
    await removeDatabase(clone);
    rmSync(home, { recursive: true, force: true });
  }
}

async function story(user, home, clone) {
  for (const [which, withinMs] of [
    ['first', FIRST_MS],
    ['second', SECOND_MS],
  ]) {
    const started = await start(user, home, clone, withinMs);
    const page = await fetch(`${started.url}/sign-in`);
    if (page.status !== 200) throw new Refusal(`As ${user.name}: the page answers ${page.status}.`);
    say(`As ${user.name}, ${which} start in ${clone.length} characters: a page after ${started.seconds} s.`);
    await started.stop();
  }
}

/** Resolves when it says that it is ready. */
async function start(user, home, clone, withinMs) {
  const startedAt = performance.now();
  const { uid, gid } = user;
  const env = { ...way(), HOME: home, PORT: '0' };
  const npm = spawn('npm', ['start'], { cwd: clone, env, uid, gid, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const ended = new Promise((resolve) => npm.once('exit', resolve));
  const url = () => /ready at (http:\S+)/.exec(printed)?.[1];
  await until(() => url() || npm.exitCode !== null, withinMs);
  if (!url()) {
    npm.kill('SIGKILL');
    throw new Refusal(`As ${user.name}: it did not start.\n${printed}`);
  }
  return {
    url: url(),
    seconds: ((performance.now() - startedAt) / 1000).toFixed(1),
    async stop() {
      npm.kill('SIGTERM');
      await ended;
      await until(() => left(clone).length === 0, END_MS);
      const still = left(clone);
      if (still.length > 0) throw new Refusal(`As ${user.name}: SIGTERM leaves ${still.join(', ')}.`);
    },
  };
}

/** Of this environment only what leads to programs and to the registry: no setting of ours, nothing of the npm around us. */
const way = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => WAY.test(name)));
const WAY = /^(PATH|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no|all)_proxy|npm_config_(registry|cafile))$/i;

async function until(holds, withinMs) {
  const end = performance.now() + withinMs;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Processes that run from there or in there, by number; Next's calls itself otherwise. */
function left(clone) {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOf(clone, pid));
}

function isOf(clone, pid) {
  try {
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(clone) || readlinkSync(`/proc/${pid}/cwd`).startsWith(clone)
    );
  } catch {
    return false; // It has ended, or is none of ours.
  }
}

function chownAll(folder, { uid, gid }) {
  chownSync(folder, uid, gid);
  for (const path of readdirSync(folder, { recursive: true })) chownSync(join(folder, path), uid, gid);
}

/** Root's database lies outside of the data folder. */
async function removeDatabase(clone) {
  const built = join(clone, 'apps/api/dist/processes/postgres/remove.js');
  if (existsSync(built)) (await import(pathToFileURL(built).href)).removeDatabaseFiles(join(clone, 'data'));
}
