import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { LOCALES, messagesOf } from './locales';

type Tree = { [key: string]: string | Tree };
const textsOf = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : textsOf(value, `${prefix}${key}.`),
  );
const keysOf = (tree: Tree) => textsOf(tree).map(([key]) => key);
const onError = (error: Error) => {
  throw error;
};

describe.each(LOCALES)('%s', (locale) => {
  const messages = messagesOf[locale];

  it('has the same keys as English', () => {
    expect(keysOf(messages).sort()).toEqual(keysOf(messagesOf.en).sort());
  });

  it.each(textsOf(messages))('can say %s', (key, text) => {
    const t = createTranslator({ locale, messages, onError }) as unknown as (key: string, values: object) => string;
    const values = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map(([, name]) => [name, 7]));
    expect(t(key, values)).toMatch(/\S/);
  });
});

it('makes a missing key an error of the types, and of the run', () => {
  const t = createTranslator({ locale: 'en', messages: messagesOf.en, namespace: 'status', onError });
  // @ts-expect-error: there is no such status
  expect(() => t('actve.title')).toThrow();
});

it('has no text that no page shows', () => {
  const source = join(import.meta.dirname, '..');
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.spec\.|^testing|^i18n.locales/.test(path))
    .map((path) => readFileSync(join(source, path), 'utf8'))
    .join('\n');
  // Words of the contracts are held against them in `words.spec.ts`.
  const ofContracts =
    /^(errors|reason|action|connection|network|status|messageStatus|sandbox\.fault|sandbox\.seenKind|user\.role|asked|messages\.(call|noMore|answer)|budget\.(lane|held|profile)|optOuts\.(source|lifted)|generations\.cause|proxies\.kind)\./;
  const isNamed = (key: string) => new RegExp(`\\b${key.split('.').at(-1)}\\b`).test(code);
  expect(keysOf(messagesOf.en).filter((key) => !ofContracts.test(key) && !isNamed(key))).toEqual([]);
});
