/** The epoch is compared in every write of an owner: what a worker writes by another way is listed, with the reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneRoot } from '../../config/clone-root.ts';
import { writesBesideJournals } from '../../testing/worker.writes.ts';

const DOORS = [
  // The lease of each account is locked and compared before anything of it is written.
  'modules/whatsapp/sessions/commit.writer.ts',
  'modules/whatsapp/accounts/supervisor/account.writers.ts',
  // Anybody may put a message into the queue of an account, under a key.
  'modules/whatsapp/messages/message.service.ts',
];

const PAGE = join(cloneRoot, 'docs/decisions/epoch.md');

const written = (): string[] =>
  readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => /^\| `(.+?)`/.exec(line)![1]!);

it('is compared in every write of a worker but those that docs/decisions/epoch.md gives a reason for', () => {
  const found = writesBesideJournals(join(cloneRoot, 'apps/api/src'), 'worker.main.ts', DOORS);
  expect(found.map((name) => name.replace(/^modules\//, '')).toSorted()).toEqual(written().toSorted());
});
