import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';
import { runStep } from './run.mjs';
import { Refusal, step } from './say.mjs';

/**
 * Installs what the lock of a folder names, if that is not what is there. No install script runs: what they would do is
 * not needed, or done by us (docs/operations/processes.md, "Install scripts").
 */
export async function installIn(folder, what) {
  if (isInstalled(folder)) return;
  await step(`Installing ${what} (npm ci)`, async () => {
    const { command, args } = npm();
    const flags = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
    const code = await runStep(command, [...args, ...flags], { cwd: folder, env: withoutNpm() });
    if (code !== 0) throw new Refusal(`npm ci failed in ${folder} with exit code ${code}; see above.`);
  });
}

export const installRoot = () => installIn(root, 'what is missing');

/**
 * npm writes what it installed into `node_modules/.package-lock.json`, last of all, so an install that was cut short has
 * none. Every package of the lock must be in there in its version, but for those that are made for other systems.
 */
export function isInstalled(folder) {
  const hidden = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const found = readPackages(hidden);
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || isWorkspace(path) || matches(entry, found[path]),
  );
}

function matches(wanted, found) {
  if (!found) return Boolean(wanted.optional || wanted.devOptional) && !fits(wanted);
  return wanted.link || (found.version === wanted.version && found.integrity === wanted.integrity);
}

/** An optional package that fits this system must be there: the pinned Node and PostgreSQL are such. */
function fits({ os, cpu, libc }) {
  return listed(os, process.platform) && listed(cpu, process.arch) && libc === undefined && (os ?? cpu) !== undefined;
}

function listed(names, own) {
  const all = [names ?? []].flat();
  if (all.some((name) => name === `!${own}`)) return false;
  const wanted = all.filter((name) => !name.startsWith('!'));
  return wanted.length === 0 || wanted.includes(own);
}

/** The folders of workspaces themselves; what npm installed lies under some `node_modules`. */
function isWorkspace(path) {
  return !path.includes('node_modules');
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** The npm that called us, or the one beside the running Node, or the one on the path. */
function npm() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, beside].find((path) => path?.endsWith('.js') && existsSync(path));
  return script ? { command: process.execPath, args: [script] } : { command: 'npm', args: [] };
}

/** The settings of the npm run around us are not those of this install. */
function withoutNpm() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name)),
  );
}
