import { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * A schema as OpenAPI 3.1 has it (JSON Schema 2020-12). Named ones (`.meta({ id })`) are put into `components` once, and
 * referred to. Dates are what JSON makes of them.
 */
export function toJsonSchema(
  schema: z.core.$ZodType,
  io: 'input' | 'output',
  components: Record<string, unknown>,
): JsonSchema {
  const whole = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // Of named schemas: here they are known by the place they stand at.
      delete jsonSchema.id;
    },
  });
  const { $schema: _dialect, $defs = {}, ...rest } = refer(whole);
  Object.assign(components, $defs);
  const id = z.globalRegistry.get(schema)?.id;
  // Zod puts a named schema among the definitions itself, or leaves it at the root.
  if (id === undefined || rest.$ref !== undefined) return rest;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

/** The same with references into the document's components. */
function refer(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (name, value: unknown) =>
      name === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
    ),
  );
}
