import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Only the Baileys adapter may know Baileys (docs/architecture.md, "Engine port"). */
const baileys = {
  regex: '^(baileys|@whiskeysockets/baileys|libsignal)(/|$)',
  message: 'Only apps/api/src/modules/whatsapp/engines/baileys may import this; speak to the engine port.',
};
const bridge = {
  regex: '^whatsapp-rust-bridge(/|$)',
  message: 'Only the Baileys adapter, packages/sandbox and packages/libsignal may import this.',
};
/** SQL lives in repositories and writers; everything else asks them. */
const sql = {
  regex: '^(drizzle-orm|pg)(/|$)',
  allowTypeImports: true,
  message: 'SQL belongs in a *.repository.ts, a *.writer.ts or database/; ask one of them.',
};
const restrict = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

/** Where SQL is at home; the supervisor and the spec helpers open connections of their own. */
const sqlHomes = [
  'apps/api/src/**/*.{repository,writer}.ts',
  'apps/api/src/database/**',
  'apps/api/src/processes/**',
  'apps/api/src/testing/**',
  'apps/api/src/modules/cluster/worker-leases.ts',
  'apps/api/src/**/*.spec.ts',
  'e2e/**',
  'bench/**',
];
const adapter = 'apps/api/src/modules/whatsapp/engines/baileys/**';

const nodeNames =
  'process console performance URL AbortSignal setTimeout clearTimeout setInterval clearInterval setImmediate Buffer fetch';
const nodeGlobals = Object.fromEntries(nodeNames.split(' ').map((name) => [name, 'readonly']));

export default defineConfig(
  globalIgnores(['**/dist/', '**/.next/', '**/node_modules/', '**/next-env.d.ts', '**/*.d.ts', 'data/', '.cache/']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.{js,mjs,ts,tsx}'], rules: restrict(baileys, bridge, sql) },
  { files: sqlHomes, rules: restrict(baileys, bridge) },
  { files: ['packages/sandbox/**', 'packages/libsignal/**'], rules: restrict(baileys, sql) },
  { files: [adapter], rules: restrict(sql) },
  { files: ['conformance/**'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  { files: [`${adapter}/*.{repository,writer}.ts`], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  // Nest finds what to inject by the types of constructor parameters: a type-only import would erase them.
  { files: ['apps/api/src/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    files: ['scripts/**', 'conformance/**', 'bench/**', '**/*.mjs', '**/*.config.{js,ts}'],
    languageOptions: { globals: nodeGlobals },
    rules: { 'no-console': 'off' },
  },
);
