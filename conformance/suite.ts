import type { Case } from './stage.js';
import { faults } from './cases/faults.js';
import { groups } from './cases/groups.js';
import { heard } from './cases/kinds.heard.js';
import { said } from './cases/kinds.said.js';
import { files } from './cases/files.js';
import { losses } from './cases/losses.js';
import { messages } from './cases/messages.js';
import { offline } from './cases/offline.js';
import { pairing } from './cases/pairing.js';
import { profiles } from './cases/profiles.js';
import { retries } from './cases/retries.js';

/** Every case, under the title that it runs under. */
export const SUITE: Record<string, Case[]> = {
  pairing,
  messages,
  'kinds, said': said,
  'kinds, heard': heard,
  files,
  groups,
  profiles,
  offline,
  retries,
  losses,
  faults,
};
