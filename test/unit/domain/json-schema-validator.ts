/** A JSON Schema, as far as it is plain data. */
export type Schema = Readonly<Record<string, unknown>> | boolean;

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'title', 'description', 'default']);

/** Says what a keyword of JSON Schema (draft 2020-12) asks of a value. */
type Keyword = (value: unknown, argument: never, schema: Readonly<Record<string, unknown>>, root: Schema) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
};

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref: (value, ref: string, _, root) => accepts(definition(root, ref), value, root),
  type: (value, type: string) => TYPES[type]?.(value) ?? false,
  const: (value, expected: unknown) => value === expected,
  enum: (value, allowed: unknown[]) => allowed.includes(value),
  anyOf: (value, schemas: Schema[], _, root) => schemas.some((schema) => accepts(schema, value, root)),
  minimum: (value, limit: number) => typeof value !== 'number' || value >= limit,
  maximum: (value, limit: number) => typeof value !== 'number' || value <= limit,
  minLength: (value, limit: number) => typeof value !== 'string' || [...value].length >= limit,
  maxLength: (value, limit: number) => typeof value !== 'string' || [...value].length <= limit,
  pattern: (value, pattern: string) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minItems: (value, limit: number) => !Array.isArray(value) || value.length >= limit,
  maxItems: (value, limit: number) => !Array.isArray(value) || value.length <= limit,
  prefixItems: (value, schemas: Schema[], _, root) =>
    !Array.isArray(value) || value.every((entry, i) => accepts(schemas[i] ?? true, entry, root)),
  items: (value, schema: Schema, { prefixItems }, root) => {
    const first = Array.isArray(prefixItems) ? prefixItems.length : 0;
    return !Array.isArray(value) || value.slice(first).every((entry) => accepts(schema, entry, root));
  },
  required: (value, keys: string[]) => !isObject(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (value, schemas: Record<string, Schema>, _, root) =>
    !isObject(value) || Object.entries(schemas).every(([key, schema]) => !Object.hasOwn(value, key) || accepts(schema, value[key], root)),
  additionalProperties: (value, schema: Schema, { properties }, root) =>
    !isObject(value) ||
    Object.keys(value).every((key) => (isObject(properties) && Object.hasOwn(properties, key)) || accepts(schema, value[key], root)),
};

/** Whether a schema accepts a JSON value; throws on keywords that it does not know, so that none goes unnoticed. */
export function accepts(schema: Schema, value: unknown, root: Schema = schema): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.entries(schema).every(([name, argument]) => {
    if (ANNOTATIONS.has(name)) return true;
    const keyword = KEYWORDS[name];
    if (keyword === undefined) throw new Error(`unknown keyword ${name}`);
    return keyword(value, argument as never, schema, root);
  });
}

function definition(root: Schema, ref: string): Schema {
  const steps = ref.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], root) as Schema;
}
