import * as contracts from '@trunkline/contracts';
import { routes as sandboxRoutes } from '@trunkline/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_REST, Door } from '../http/door.js';
import { ACCESS } from '../modules/auth/access.js';
import { useApi } from '../testing/api.server.js';
import { useDatabase } from '../testing/database.js';
import { EXAMPLES } from './examples.js';

const api = useApi(useDatabase(), { testClock: true });

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

describe('the OpenAPI document', () => {
  let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: object } };
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
    );

  const at = (pointer: string): object | undefined =>
    pointer
      .slice(2)
      .split('/')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document) as object;

  beforeAll(async () => {
    const { status, body } = await api.call('GET', '/api/docs/json', { stranger: true });
    expect(status).toBe(200);
    document = body;
  });

  it('is 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('tells every route that the server has, and no other', () => {
    const own = api.app
      .get(Door)
      .routes.filter(
        ({ method, url }) => method !== 'HEAD' && !API_REST.includes(url) && !/docs|sandbox|^\/\*/.test(url),
      )
      .map(({ method, url }) => `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    const told = operations().filter(({ path }) => !path.startsWith('/api/sandbox/'));
    expect(told.map(({ name }) => name).sort()).toEqual([...new Set(own)].sort());
    expect(operations().length - told.length).toBe(Object.keys(sandboxRoutes).length);
  });

  it('gives each operation a name of its own, a summary, a tag and an answer', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation, name } of operations()) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith('2')),
        name,
      ).toBe(true);
    }
  });

  it('says of each how it is opened and how it refuses', () => {
    for (const { path, method, operation, name } of operations()) {
      const route = path.replaceAll(/\{(\w+)\}/g, ':$1');
      const open = ACCESS[`${method.toUpperCase()} ${route}`] === 'open';
      expect(operation.security, name).toEqual(open ? [] : [{ key: [] }, { bearer: [] }, { session: [] }]);
      for (const status of ['429', '500', '503', ...(open ? [] : ['401', '403'])]) {
        const schema = operation.responses[status]?.content?.['application/json']?.schema;
        expect(schema, `${name} ${status}`).toEqual({ $ref: '#/components/schemas/Error' });
      }
    }
  });

  it('declares every parameter of every path', () => {
    for (const { path, operation, name } of operations()) {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map((one) => one.name);
      expect(declared.sort(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one).sort());
    }
  });

  it('refers only to what is there', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer!);
    expect(pointers.length).toBeGreaterThan(100);
    for (const pointer of new Set(pointers)) expect(at(pointer), pointer).toBeTypeOf('object');
  });

  it('keeps the insides of zod to itself', () => {
    expect(JSON.stringify(document)).not.toMatch(/~standard|"_zod"|"nullable":/);
  });

  it.each(Object.keys(EXAMPLES))('has examples of %s that hold, by its own schema and by the contract', (name) => {
    const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
    const schema = (contracts as unknown as Record<string, z.ZodType>)[key];
    const own = JSON.stringify({ $ref: `#/components/schemas/${name}`, $defs: document.components.schemas });
    const told = z.fromJSONSchema(JSON.parse(own.replaceAll('#/components/schemas/', '#/$defs/')));
    for (const example of EXAMPLES[name]!) {
      expect(schema?.safeParse(example).error, name).toBeUndefined();
      expect(told.safeParse(example).error, name).toBeUndefined();
    }
  });

  it('is drawn by a page whose scripts are all of our own origin', async () => {
    const page = await api.call('GET', '/api/docs', { stranger: true });
    expect(page.body).not.toMatch(/<script(?![^>]*src="\/api\/docs\/)/);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    for (const source of sources) expect((await api.call('GET', source, { stranger: true })).status, source).toBe(200);
    expect((await api.call('GET', '/api/docs/index.html', { stranger: true })).status).toBe(404);
    expect((await api.call('GET', '/api/docs/..%2fpackage.json', { stranger: true })).status).toBe(404);
  });
});
