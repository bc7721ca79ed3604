import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineChild } from './children.ts';
import type { BenchSandbox } from './sandbox.ts';
import { say } from './say.ts';

/** An account that a phone of the sandbox has linked. */
export interface Seed {
  name: string;
  /** Of its phone: digits. */
  number: string;
  /** A `useMultiFileAuthState` folder: what the product imports. */
  folder: string;
  /** The same in one file: what the baseline loads. */
  file: string;
}

/** How many link at once: more would only wait for each other on two cores. */
const LANES = 8;

/** Links `count` accounts; all are offline afterwards. */
export async function seed(sandbox: BenchSandbox, count: number, folder: string, prefix: string): Promise<Seed[]> {
  say(`Linking ${count} accounts (${prefix}) …`);
  const numbers = new Map<string, string>();
  const child = new LineChild(
    [fileURLToPath(new URL('../../conformance/clients/baileys/seed.mjs', import.meta.url)), sandbox.rootKey],
    (event) => {
      const { qr, folder: who } = event as { qr: string; folder: string };
      void sandbox.control.scan(numbers.get(who)!, { qr });
    },
  );
  const seeds: Seed[] = [];
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`).values();
  const lane = async () => {
    for (const name of names) {
      const { number } = await sandbox.control.createPhone({ pushName: name });
      const each = { name, number, folder: join(folder, name), file: join(folder, `${name}.json`) };
      numbers.set(each.folder, number);
      await child.ask('pair', { url: `${sandbox.url}?account=${number}`, folder: each.folder, file: each.file });
      seeds.push(each);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await child.stop();
  return seeds;
}
