import type { OpenAPIObject } from '@nestjs/swagger';
import { routes } from '@trunkline/sandbox/routes';
import { z } from 'zod';
import { componentOf } from './components.js';

interface Route {
  method: string;
  path: string;
  input: z.ZodType;
  output: z.ZodType;
}

const refusal = {
  description: 'Refused by the sandbox: `invalid`, `not_found` or `conflict`, in its own shape; or off.',
};

/** The control of the sandbox, which passes through us: told from the sandbox's own table of routes. */
export function addSandbox(document: OpenAPIObject): void {
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = `/api/sandbox${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    const item = (document.paths[path] ??= {}) as Record<string, object>;
    item[route.method.toLowerCase()] = {
      operationId: `Sandbox.${name}`,
      summary: `Sandbox: ${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}`,
      tags: ['Sandbox'],
      parameters: parametersOf(route),
      ...bodyOf(route),
      responses: { ...answerOf(route), 400: refusal, 404: refusal, 409: refusal },
    };
  }
}

function parametersOf({ method, path, input }: Route): object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = method === 'GET' ? (schemaOf(input, 'input') as { properties?: Record<string, object> }) : {};
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({ name, in: 'query', schema }));
  return [...inPath, ...inQuery];
}

function bodyOf({ method, input }: Route): object {
  if (method === 'GET' || isNothing(input)) return {};
  return { requestBody: { content: { 'application/json': { schema: schemaOf(input, 'input') } } } };
}

function answerOf({ output }: Route): object {
  if (isNothing(output)) return { 204: { description: 'Done; no body.' } };
  return { 200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(output, 'output') } } } };
}

function schemaOf(schema: z.ZodType, schemaType: 'input' | 'output'): object {
  return isNothing(schema) ? {} : (componentOf(schema, { schemaType })!.schema as object);
}

const isNothing = (schema: z.ZodType): boolean => schema instanceof z.ZodUndefined;
