import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account, Page } from '@trunkline/contracts';
import { cloneRoot } from '../../apps/api/src/config/clone-root.ts';
import { say } from './say.ts';
import type { Seed } from './seed.ts';
import type { Trunkline } from './trunkline.ts';

/** By the command that users have: `npm run import`. Resolves when all are online. */
export async function importSeeds(ours: Trunkline, seeds: Seed[]): Promise<void> {
  const startedAt = performance.now();
  const program = join(cloneRoot, 'apps', 'api', 'dist', 'main.js');
  const folders = seeds.map(({ folder }) => folder);
  const before = (await accountsByName(ours)).size;
  await promisify(execFile)(process.execPath, [program, 'import', '--network', 'sandbox', '--connect', ...folders], {
    env: { ...process.env, DATA_DIR: ours.dataDir },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 600_000,
  });
  say(`Imported ${seeds.length} accounts in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  await ours.online(before + seeds.length);
}

/** The ids of all accounts. */
export async function accountsByName(ours: Trunkline): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: Page<Account> = await ours.api.call('GET', `/whatsapp/accounts?limit=200${more}`);
    for (const { name, id } of page.items) ids.set(name, id);
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}
