import type { z } from 'zod';
import { ISSUE_CODES } from '../errors.ts';
import { cut, shown, valueAt, type IssueCode, type IssueList, type Path } from './issues.ts';
import { nearest } from './nearest.ts';

type SchemaIssue = z.core.$ZodIssue;

/** Translates what a schema found in the document's part at `base` into issues. */
export function addSchemaIssues(
  issues: IssueList,
  found: readonly SchemaIssue[],
  schema: z.core.$ZodType,
  root: unknown,
  base: Path,
): void {
  for (const issue of withoutConsequences(found)) {
    const inner = stepsOf(issue.path);
    if (issues.full) issues.addFurther([...base, ...inner], issue.code === 'unrecognized_keys' ? issue.keys.length : 1);
    else addOne(issues, issue, { schema, root, base, inner });
  }
}

/** A value of the wrong type may have a length too; that is not told. */
function withoutConsequences(found: readonly SchemaIssue[]): readonly SchemaIssue[] {
  const wrongType = new Set(found.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('.')));
  return found.filter(({ code, path }) => (code !== 'too_small' && code !== 'too_big') || !wrongType.has(path.join('.')));
}

interface Place {
  schema: z.core.$ZodType;
  /** The whole document. */
  root: unknown;
  /** Path of what the schema describes. */
  base: Path;
  /** Path below `base`. */
  inner: Path;
}

function addOne(issues: IssueList, issue: SchemaIssue, place: Place): void {
  const path = [...place.base, ...place.inner];
  const value = valueAt(place.root, path);
  const key = path.at(-1);
  if (issue.code === 'unrecognized_keys') {
    for (const unknown of issue.keys) addUnknownKey(issues, path, unknown, knownKeys(place.schema, place.inner));
  } else if (value === undefined && typeof key === 'string') {
    issues.add('missing-key', path, `${key} is missing`);
  } else if (issue.code === 'invalid_union') {
    addUnion(issues, issue, place, value);
  } else if (issue.code === 'invalid_type') {
    addWrongType(issues, path, value, TYPE_NAMES.get(issue.expected) ?? issue.expected);
  } else if (issue.code === 'invalid_value') {
    addUnknownValue(issues, path, value, issue.values);
  } else if (issue.code === 'too_small' || issue.code === 'too_big') {
    addSize(issues, path, value, issue);
  } else {
    addWritten(issues, path, value, issue.message);
  }
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['int', 'integer'],
  ['array', 'list'],
  ['tuple', 'list'],
]);

function addUnknownKey(issues: IssueList, path: Path, key: string, known: readonly string[]): void {
  const similar = nearest(cut(key), known);
  const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
  issues.add('unknown-key', [...path, key], `${cut(key)} is not a key here${hint}`, {
    key: cut(key),
    ...(similar === undefined ? {} : { nearest: similar }),
  });
}

function addWrongType(issues: IssueList, path: Path, value: unknown, expected: string): void {
  const found = typeof value === 'number' ? String(value) : shownType(value);
  issues.add('wrong-type', path, `${labelOf(path)} must be ${article(expected)}, not ${found}`, {
    expected,
    ...(typeof value === 'string' ? { value: 'string' } : {}),
  });
}

function addUnknownValue(issues: IssueList, path: Path, value: unknown, allowed: readonly unknown[]): void {
  const words = allowed.map(String);
  if (typeof value !== typeof allowed[0]) {
    addWrongType(issues, path, value, typeof allowed[0]);
    return;
  }
  const similar = typeof value === 'string' ? nearest(cut(value), words) : undefined;
  const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
  issues.add('unknown-value', path, `${labelOf(path)} is ${String(shown(value))}, expected ${words.join(', ')}${hint}`, {
    expected: [...allowed],
    ...(similar === undefined ? {} : { nearest: similar }),
  });
}

type SizeIssue = Extract<SchemaIssue, { code: 'too_small' | 'too_big' }>;

function addSize(issues: IssueList, path: Path, value: unknown, issue: SizeIssue): void {
  const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const facts = issue.code === 'too_small' ? { minimum: limit } : { maximum: limit };
  const bound = `${issue.code === 'too_small' ? 'at least' : 'at most'} ${limit}`;
  if (issue.origin === 'string') {
    addWritten(issues, path, value, issue.message);
  } else if (issue.origin === 'array') {
    const length = Array.isArray(value) ? value.length : 0;
    const code = issue.code === 'too_small' ? 'too-few' : 'too-many';
    issues.add(code, path, `${labelOf(path)} has ${length} entries, expected ${bound}`, { ...facts, length });
  } else {
    issues.add('out-of-range', path, `${labelOf(path)} is ${String(shown(value))}, expected ${bound}`, { ...facts, expected: bound });
  }
}

const WRITTEN: ReadonlyMap<IssueCode, string> = new Map<IssueCode, string>([
  ['bad-id', '1 to 64 characters'],
  ['bad-text', 'a text that is not empty, nor too long'],
  ['bad-date', 'a date of the calendar as YYYY-MM-DD'],
  ['bad-time', 'a time as HH:MM (24:00 as an end only)'],
  ['bad-instant', 'an ISO 8601 instant with Z or an offset'],
  ['bad-zone', 'an IANA time zone'],
]);

/** A text whose schema names the code in its message. */
function addWritten(issues: IssueList, path: Path, value: unknown, message: string): void {
  const code = isIssueCode(message) ? message : 'wrong-type';
  const expected = WRITTEN.get(code) ?? message;
  const found = path.at(-1) === 'name' ? '' : ` ${JSON.stringify(shown(value))}`;
  issues.add(code, path, `${labelOf(path)}${found} is not ${expected}`, { expected });
}

/** Of the alternatives of a union, the one whose keys fit best tells what is wrong. */
function addUnion(issues: IssueList, issue: Extract<SchemaIssue, { code: 'invalid_union' }>, place: Place, value: unknown): void {
  const path = [...place.base, ...place.inner];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    addWrongType(issues, path, value, 'object');
    return;
  }
  const [best] = [...issue.errors].sort((a, b) => misfits(a, value) - misfits(b, value));
  for (const inner of withoutConsequences(best ?? [])) {
    addOne(issues, inner, { ...place, inner: [...place.inner, ...stepsOf(inner.path)] });
  }
}

/** Keys missing and keys too many. */
function misfits(errors: readonly SchemaIssue[], value: object): number {
  let count = 0;
  for (const error of errors) {
    if (error.code === 'unrecognized_keys') count += error.keys.length;
    else if (error.path.length === 1 && valueAt(value, error.path as Path) === undefined) count += 1;
  }
  return count;
}

/** Keys that the object at `path` may have. */
function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  let found = unwrap(schema);
  for (const step of path) found = found.flatMap((at) => below(at, step)).flatMap(unwrap);
  return found.flatMap((at) => {
    const { def } = (at as z.core.$ZodTypes)._zod;
    return def.type === 'object' ? Object.keys(def.shape) : [];
  });
}

/** The schemas that say what may stand where `schema` stands, without defaults and transformations. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault') return unwrap(def.innerType);
  if (def.type === 'pipe') return unwrap(def.in);
  if (def.type === 'union') return def.options.flatMap(unwrap);
  return [schema];
}

function below(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return [def.element];
  const found = def.type === 'tuple' ? def.items[Number(step)] : def.type === 'object' ? def.shape[step] : undefined;
  return found === undefined ? [] : [found];
}

/** The last key of a path, with the index below it. */
function labelOf(path: Path): string {
  let start = path.length;
  while (start > 0 && typeof path[start] !== 'string') start -= 1;
  const label = path
    .slice(start)
    .map((step) => (typeof step === 'number' ? `[${step}]` : cut(step)))
    .join('');
  return label === '' ? 'the program' : label;
}

function shownType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return article(typeof value);
}

function article(type: string): string {
  if (type === 'undefined') return 'nothing';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function isIssueCode(text: string): text is IssueCode {
  return Object.hasOwn(ISSUE_CODES, text);
}

/** A schema's path; there are no symbols in plain data. */
export function stepsOf(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}
