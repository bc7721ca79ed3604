/**
 * Makes one file of the worker: of its 900 modules some 600 are ours or pure libraries, and to find them one by one takes
 * longer than everything else that a worker does before its first login (docs/decisions/worker-bundle.md).
 *
 *   node bundle.mjs   reads apps/api/dist, writes apps/api/dist/worker.bundle.js
 *
 * Outside stay: what brings binaries or threads of its own, what is loaded when it is first needed (`await import`), and every
 * module of ours that asks where it lies (`import.meta`), since in the bundle it would lie elsewhere, and would be there twice.
 * Baileys is inside with all that it alone uses: nothing outside imports it, so there is one of it.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { inRoot } from './root.mjs';

const dist = inRoot('apps', 'api', 'dist');
const baileys =
  'baileys|libsignal|@hapi\\/(boom|hoek)|protobufjs|@protobufjs\\/\\w+|long|lru-cache|p-queue|p-timeout|eventemitter3';
const caches = 'async-mutex|tslib|cacheable|@cacheable\\/[\\w-]+|hookified|keyv|@keyv\\/\\w+|qified|hashery';
const pure = '@trunkline\\/contracts|drizzle-orm|libphonenumber-js|uuid|zod|ipaddr\\.js';
const inside = new RegExp(`^(${pure}|${baileys}|${caches})(/|$)`);

function isOutside(id, importer) {
  if (id.startsWith('.') || id.startsWith('/'))
    return importer !== undefined && asksWhereItLies(resolve(dirname(importer), id));
  return !inside.test(id);
}

function asksWhereItLies(path) {
  return path.startsWith(dist) && /\bimport\.meta\b/.test(readFileSync(path, 'utf8'));
}

const bundle = await rolldown({ input: resolve(dist, 'worker.main.js'), platform: 'node', external: isOutside });
await bundle.write({ file: resolve(dist, 'worker.bundle.js'), format: 'esm', sourcemap: true });
await bundle.close();
