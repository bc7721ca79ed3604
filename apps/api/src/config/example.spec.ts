import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cloneRoot } from './clone-root.ts';
import { readEnvironment } from './environment.ts';
import { variables } from './variables.ts';

const example = readFileSync(join(cloneRoot, '.env.example'), 'utf8');

describe('.env.example', () => {
  it('tells of every variable, and of no other', () => {
    const told = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect(told.toSorted()).toEqual(Object.keys(variables).toSorted());
  });

  it('sets nothing but the defaults', () => {
    expect(readEnvironment(parseEnv(example) as NodeJS.ProcessEnv)).toEqual(readEnvironment({}));
  });

  it('gives examples that are allowed', () => {
    const all = parseEnv(example.replaceAll(/^#(?=[A-Z][A-Z0-9_]+=.)/gm, '')) as NodeJS.ProcessEnv;
    const pairs = {
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'key',
      TRUNKLINE_ADMIN_PASSWORD: 'twelve letters',
      SANDBOX_ROOT_KEY: 'ab'.repeat(32),
    };
    expect(readEnvironment({ ...all, ...pairs })).toMatchObject({ WA_VERSION: [2, 3000, 1023223821], TRUST_PROXY: 1 });
  });
});
