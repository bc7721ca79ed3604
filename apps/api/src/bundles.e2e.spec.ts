import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneRoot } from './config/clone-root.js';

const dist = join(cloneRoot, 'apps/api/dist');
const read = (file: string): string => readFileSync(join(dist, file), 'utf8');

/** Packages that a file and the parts that it imports at once find beside them. */
function atStart(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = [...read(file).matchAll(/^import (?:.*? from )?"([^"]+)";$/gm)].map(([, name]) => name!);
  return imported.flatMap((name) => {
    if (/^\.\/.*(bundle|part)\..*js$/.test(name)) return atStart(name.slice(2), seen);
    return name.startsWith('.') || isBuiltin(name) ? [] : [name];
  });
}

describe('what is built', () => {
  it('has a worker that finds few packages at its start, and loads none that only some accounts need', () => {
    expect([...new Set(atStart('worker.bundle.js'))].sort()).toEqual([
      'agent-base',
      'pg',
      'pino',
      'whatsapp-rust-bridge',
      'ws',
    ]);
    expect(read('worker.bundle.js')).toMatch(/await import\("sharp"\)/);
  });

  it('has an api without the engine, and with one Nest', () => {
    const packages = atStart('api.bundle.js');
    for (const name of ['whatsapp-rust-bridge', 'baileys', 'sharp']) expect(packages).not.toContain(name);
    expect(packages.filter((name) => name.startsWith('@nestjs/'))).toEqual([]);
    const parts = readdirSync(dist).filter((file) => /^api.*\.js$/.test(file));
    const engines = parts.filter((file) => read(file).includes('const makeWASocket'));
    expect(engines).not.toContain('api.bundle.js');
  });
});
