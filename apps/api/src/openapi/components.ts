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
    override: ({ jsonSchema }) => plain(jsonSchema),
  });
  const components = Object.fromEntries(Object.entries($defs).map(([name, part]) => [name, located(part)]));
  const own = names.get(schema)?.id;
  if (!own) return { schema: located(root), components };
  // A schema with a name is sometimes among its own definitions, and the root then only refers to it.
  return { schema: { $ref: `${place}${own}` }, components: { [own]: located(root), ...components } };
}

/** Without what helps no reader: patterns that repeat a format, and the bounds of every whole number of JavaScript. */
function plain(schema: z.core.JSONSchema.BaseSchema): void {
  if (['uuid', 'date-time', 'email'].includes(schema.format ?? '')) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // Answers may gain fields; who reads them must not be told otherwise.
  if (schema.additionalProperties === false) delete schema.additionalProperties;
}

function componentName(exported: string): string {
  const name = exported.replace(/Schema$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const place = '#/components/schemas/';

/** As it stands in the document: its references point to components. */
function located(schema: object): object {
  const { id: _, ...rest } = schema as { id?: string };
  return JSON.parse(JSON.stringify(rest).replaceAll('"$ref":"#/$defs/', `"$ref":"${place}`)) as object;
}
