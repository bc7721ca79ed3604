import { spawn } from 'node:child_process';
import { inRoot, programs, root } from './root.mjs';
import { become } from './run.mjs';

/**
 * The product with reload: the compiler watches and builds, the supervisor sees what was built and begins its children
 * again, and Next's development server takes the place of the built pages.
 */
export async function develop(node, args) {
  const watch = ['-b', 'apps/api', '--watch', '--preserveWatchOutput'];
  const compiler = spawn(node, [programs.tsc, ...watch], { cwd: root, stdio: ['ignore', 2, 2] });
  process.on('exit', () => compiler.kill());
  const env = { ...process.env, NODE_ENV: 'development', TRUNKLINE_DEVELOP: '1' };
  return become(node, [inRoot('apps/api/dist/main.js'), ...args], { pipe: true, env });
}
