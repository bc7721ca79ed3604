import { existsSync, readdirSync } from 'node:fs';
import { installIn, installRoot } from './install.mjs';
import { alone } from './lock.mjs';
import { buildPages } from './pages.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { buildProjects } from './projects.mjs';
import { inRoot } from './root.mjs';

/** Each resolves with the pinned Node when what it names is installed and built. */
export const prepare = {
  installed: () => alone(install),
  sandbox: () => built(['packages/contracts', 'packages/sandbox']),
  programs: () => built(),
  product: () =>
    alone(async () => {
      const node = await install();
      await buildProjects(node);
      await buildPages(node);
      return node;
    }),
};

/** The foreign clients of the conformance suite have locks of their own; nothing of them is shipped. */
export async function prepareConformance() {
  const clients = inRoot('conformance', 'clients');
  const names = existsSync(clients) ? readdirSync(clients) : [];
  for (const name of names.filter((each) => existsSync(inRoot('conformance/clients', each, 'package-lock.json')))) {
    await alone(() => installIn(inRoot('conformance/clients', name), `the conformance client ${name}`));
  }
}

function built(projects) {
  return alone(async () => {
    const node = await install();
    await buildProjects(node, projects);
    return node;
  });
}

async function install() {
  await installRoot();
  return pinnedNode();
}
