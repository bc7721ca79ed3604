import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, programs } from './root.mjs';
import { runStep } from './run.mjs';
import { Refusal, step } from './say.mjs';
import { digest, filesBelow, isStamped, putStamp, removeStamp } from './stamp.mjs';

/** What `tsc -b` builds, in order of dependence; `packages/libsignal` is plain JavaScript. */
const projects = ['packages/contracts', 'packages/sandbox', 'apps/api'];
const common = ['tsconfig.base.json', 'package-lock.json', 'scripts/launcher/bundle.mjs'];

/** Builds those of `wanted` whose sources, or whose dependencies' sources, are not those they were built from. */
export async function buildProjects(node, wanted = projects) {
  const stale = wanted.map(describe).filter(({ stamp, value }) => !isStamped(stamp, value));
  if (stale.length === 0) return;
  await step(`Building ${stale.map(({ path }) => path).join(', ')}`, async () => {
    for (const project of stale) removeOrphans(project.path);
    for (const { stamp } of stale) removeStamp(stamp);
    const code = await runStep(node, [programs.tsc, '-b', ...stale.map(({ path }) => path)]);
    if (code !== 0) throw new Refusal('The build failed; see above.');
    if (stale.some(({ path }) => path === 'apps/api')) await bundleWorker(node);
    for (const { stamp, value } of stale) putStamp(stamp, value);
  });
}

/** For who lets a compiler write into `dist` as files are edited: of what was built nobody knows the sources any more. */
export function forgetBuilds() {
  for (const path of projects) removeStamp(stampOf(path));
}

async function bundleWorker(node) {
  const code = await runStep(node, [inRoot('scripts/launcher/bundle.mjs')]);
  if (code !== 0) throw new Refusal('The worker could not be made into one file; see above.');
}

/** The digest that a project's dependants need, too. */
function inputsOf(path) {
  const before = projects.slice(0, projects.indexOf(path));
  return [
    ...common,
    ...before
      .concat(path)
      .flatMap((project) => ['src', 'package.json', 'tsconfig.json'].map((part) => join(project, part))),
  ];
}

function describe(path) {
  return { path, stamp: stampOf(path), value: digest(inputsOf(path)) };
}

const stampOf = (path) => inRoot(path, 'dist', '.stamp');

/** What was built from a source that is no more: it would still be found and run. */
function removeOrphans(path) {
  const dist = inRoot(path, 'dist');
  for (const file of existsSync(dist) ? filesBelow(dist) : []) {
    const source = file.replace(dist, inRoot(path, 'src')).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
    if (/\.(js|d\.ts)(\.map)?$/.test(file) && !existsSync(source)) rmSync(file);
  }
}
