/** The rules of eslint.config.js that keep the parts apart, asked of ESLint itself with this configuration. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const eslint = new ESLint({ cwd });

/** What it says against the imports of a file that would lie there. */
async function refused(file, code) {
  const [{ messages }] = await eslint.lintText(`${code}\n`, { filePath: join(cwd, file) });
  return messages.filter(({ ruleId }) => ruleId?.endsWith('no-restricted-imports')).map(({ message }) => message);
}

const module = 'apps/api/src/modules/whatsapp';
const adapter = `${module}/engines/baileys`;

describe('Baileys', () => {
  it.each([
    `import makeWASocket from 'baileys'; makeWASocket({});`,
    `import { proto } from 'baileys/WAProto/index.js'; proto.Message;`,
    `import type { WAMessage } from 'baileys'; export type Message = WAMessage;`,
    `import * as all from '@whiskeysockets/baileys'; all;`,
    `export { proto } from 'baileys';`,
  ])('is imported by its adapter only: %s', async (code) => {
    const places = [`${module}/accounts/account.service.ts`, `${module}/engines/engine.ts`, 'e2e/x.ts', 'bench/x.ts'];
    for (const place of places)
      expect(await refused(place, code), place).toEqual([expect.stringMatching('engine port')]);
    for (const place of [`${adapter}/socket.ts`, `${adapter}/inbound/kinds/text.ts`])
      expect(await refused(place, code), place).toEqual([]);
  });
});

describe('SQL', () => {
  it('is written in repositories and writers only', async () => {
    const code = `import { eq } from 'drizzle-orm'; eq;`;
    expect(await refused(`${module}/accounts/account.service.ts`, code)).toEqual([expect.stringMatching('repository')]);
    expect(await refused(`${adapter}/socket.ts`, code)).toEqual([expect.stringMatching('repository')]);
    expect(await refused(`${module}/accounts/account.repository.ts`, code)).toEqual([]);
  });
});
