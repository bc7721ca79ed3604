import { cpSync, existsSync, rmSync } from 'node:fs';
import { inRoot, programs } from './root.mjs';
import { runStep } from './run.mjs';
import { Refusal, step } from './say.mjs';
import { digest, isStamped, putStamp, removeStamp } from './stamp.mjs';

const admin = 'apps/admin';
const inputs = [
  admin,
  'packages/contracts/src',
  'packages/contracts/package.json',
  'tsconfig.base.json',
  'package-lock.json',
];
const environment = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

/** Builds the dashboard if it is stale; needs `packages/contracts` built. */
export async function buildPages(node) {
  const stamp = inRoot(admin, '.next', '.stamp');
  const value = digest(inputs);
  if (isStamped(stamp, value)) return;
  await step('Building apps/admin (next build)', async () => {
    removeStamp(stamp);
    rmSync(inRoot(admin, '.next', 'standalone'), { recursive: true, force: true });
    const options = { cwd: inRoot(admin), env: { ...process.env, ...environment } };
    const code = await runStep(node, [programs.next, 'build'], options);
    if (code !== 0) throw new Refusal('The build of apps/admin failed; see above.');
    completeStandalone();
    putStamp(stamp, value);
  });
}

/** Next leaves out what a content network would serve; here the standalone server serves it. */
function completeStandalone() {
  const target = inRoot(admin, '.next', 'standalone', admin);
  cpSync(inRoot(admin, '.next', 'static'), `${target}/.next/static`, { recursive: true });
  const open = inRoot(admin, 'public');
  if (existsSync(open)) cpSync(open, `${target}/public`, { recursive: true });
}
