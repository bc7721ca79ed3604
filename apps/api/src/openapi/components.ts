import * as contracts from '@trunkline/contracts';
import { z } from 'zod';

interface Converted {
  schema: unknown;
  components?: Record<string, unknown>;
}

/** Every schema of the contracts by its name in the document: `accountSchema` is `Account`. */
const names = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contracts)) {
  if (name.endsWith('Schema') && value instanceof z.ZodType) names.add(value, { id: componentName(name) });
}

/**
 * Converts a zod schema to JSON schema 2020-12, which is what OpenAPI 3.1 speaks: named ones become components. Nest's
 * own way asks zod for the dialect of OpenAPI 3.0 and writes everything out at each place.
 */
export function componentOf(
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
): Converted | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $defs = {},
    $schema: _,
    ...root
  } = z.toJSONSchema(schema, {
    io: schemaType,
    metadata: names,
    override: ({ jsonSchema }) => {
      // Answers may gain fields; who reads them must not be told otherwise.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const components = Object.fromEntries(Object.entries($defs).map(([name, part]) => [name, withoutId(part)]));
  const own = names.get(schema)?.id;
  if (!own) return { schema: withoutId(root), components };
  return { schema: { $ref: `#/components/schemas/${own}` }, components: { ...components, [own]: withoutId(root) } };
}

function componentName(exported: string): string {
  const name = exported.replace(/Schema$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function withoutId(schema: object): object {
  const { id: _, ...rest } = schema as { id?: string };
  return rest;
}
