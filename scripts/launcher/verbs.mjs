import { check } from './check.mjs';
import { checkClone } from './clone.mjs';
import { measure } from './measure.mjs';
import { prepare, prepareConformance } from './prepare.mjs';
import { forgetBuilds } from './projects.mjs';
import { inRoot, programs } from './root.mjs';
import { become, runStep } from './run.mjs';
import { Refusal, say } from './say.mjs';
import { test } from './test.mjs';

/** A role of the program that a person runs to its end, beside the product or instead of it. */
const command = (role) => async (args) => {
  const node = await prepare.programs();
  return become(node, [inRoot('apps/api/dist/main.js'), role, ...args]);
};

/** Each takes the arguments after its name and resolves with an exit code. */
const verbs = {
  async start(args) {
    const node = await prepare.product();
    return become(node, [inRoot('apps/api/dist/main.js'), ...args], { pipe: true });
  },

  /** The supervisor does it: compiler and Next's development server are children of its own, and end with it. */
  async dev(args) {
    const node = await prepare.programs();
    forgetBuilds();
    const env = { ...process.env, NODE_ENV: 'development', TRUNKLINE_DEVELOP: '1' };
    return become(node, [inRoot('apps/api/dist/main.js'), ...args], { pipe: true, env });
  },

  async build() {
    await prepare.product();
    say('Everything is built.');
    return 0;
  },

  async test(args) {
    const node = await prepare.product();
    await prepareConformance();
    return test(node, args);
  },

  async check() {
    return check(await prepare.installed());
  },

  /** Needs nothing of this tree but what is committed. */
  'check:clone': () => checkClone(),

  async format() {
    const node = await prepare.installed();
    const linted = await runStep(node, [programs.eslint, '.', '--fix']);
    return (await runStep(node, [programs.prettier, '--write', '.', '--log-level', 'warn'])) || linted;
  },

  async sandbox(args) {
    const node = await prepare.sandbox();
    return become(node, [inRoot('packages/sandbox/dist/main.js'), ...args]);
  },

  import: command('import'),
  backup: command('backup'),
  restore: command('restore'),
  trace: command('trace'),
  'rotate-key': command('rotate-key'),

  async conformance(args) {
    const node = await prepare.programs();
    await prepareConformance();
    return test(node, ['--project', 'conformance', ...args]);
  },

  bench: (args) => measured('bench', args),
  soak: (args) => measured('soak', args),

  async matrix(args) {
    const node = await prepare.programs();
    return become(node, [inRoot('apps/api/dist/modules/whatsapp/testing/matrix/matrix.main.js'), ...args]);
  },

  async 'migrate:generate'(args) {
    const node = await prepare.programs();
    return become(node, [programs.drizzleKit, 'generate', ...args], { cwd: inRoot('apps/api') });
  },
};

async function measured(verb, args) {
  const node = await prepare.product();
  await prepareConformance();
  return measure(node, verb, args);
}

export function findVerb(name) {
  if (Object.hasOwn(verbs, name)) return verbs[name];
  throw new Refusal(`There is no "${name}". There is: ${Object.keys(verbs).join(', ')}.`);
}
