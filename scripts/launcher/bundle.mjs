/**
 * Makes one file each of the api and the worker, beside which lie parts that are loaded later: of the thousands of modules that they
 * are made of, to find them one by one takes longer than everything else at a start (docs/decisions/bundles.md).
 *
 *   node bundle.mjs   reads apps/api/dist, writes apps/api/dist/{api,worker}.bundle.js and their parts
 *
 * Inside are our own modules and the pure libraries that only they use, Baileys and Nest among them. Outside stay what brings
 * binaries or threads of its own, packages that are loaded when they are first needed (`await import`), and every module of
 * ours that asks where it lies (`import.meta`), since in the bundle it would lie elsewhere, and would be there twice: what such a
 * module imports of ours is there twice, so it had better import nothing.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { inRoot } from './root.mjs';

const dist = inRoot('apps', 'api', 'dist');
const inside = patternOf([
  '@trunkline/[\\w-]+ drizzle-orm libphonenumber-js uuid zod ipaddr\\.js csv-parse csv-stringify prom-client tslib',
  'baileys libsignal @hapi/(boom|hoek) protobufjs @protobufjs/\\w+ long lru-cache p-queue p-timeout eventemitter3 async-mutex',
  'cacheable @cacheable/[\\w-]+ hookified keyv @keyv/\\w+ qified hashery',
  '@nestjs/(?!microservices|platform-express)[\\w.-]+ rxjs es-toolkit iterare reflect-metadata @opentelemetry/api',
  'better-auth @better-auth/[\\w-]+ better-call kysely jose @noble/\\w+',
]);

function patternOf(lines) {
  return new RegExp(`^(${lines.flatMap((line) => line.split(' ')).join('|')})(/|$)`);
}

function isOutside(id, importer) {
  if (id.startsWith('.') || id.startsWith('/'))
    return importer !== undefined && asksWhereItLies(resolve(dirname(importer), id));
  return !inside.test(id);
}

function asksWhereItLies(path) {
  return path.startsWith(dist) && /\bimport\.meta\b/.test(readFileSync(path, 'utf8'));
}

for (const role of ['api', 'worker']) {
  const bundle = await rolldown({ input: resolve(dist, `${role}.main.js`), platform: 'node', external: isOutside });
  const names = { entryFileNames: `${role}.bundle.js`, chunkFileNames: `${role}.part.[name].js` };
  await bundle.write({ dir: dist, ...names, format: 'esm', sourcemap: true });
  await bundle.close();
}
