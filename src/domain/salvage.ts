import type { z } from 'zod';
import { isWithin, valueAt, type IssueCode, type Path } from './issues.ts';
import { stepsOf } from './schema-issues.ts';

/** A part of the document that its schema accepts once what is wrong with it has been taken out. */
export interface Salvaged<T> {
  value: T;
  /** Paths of what was taken out, below the part. */
  removed: Path[];
}

/** Issues that what was taken out may have brought about. */
const NEEDS_THE_WHOLE: ReadonlySet<IssueCode> = new Set(['missing-key', 'wrong-count', 'inconsistent-care', 'not-an-attendee']);

const MAX_ROUNDS = 12;

/**
 * Takes out of `part` what `found` complains of, then, where something is missing, what lacks it, and so on until the schema
 * accepts the rest. Undefined where nothing would be left.
 */
export function salvage<T>(schema: z.ZodType<T>, part: unknown, found: readonly z.core.$ZodIssue[]): Salvaged<T> | undefined {
  const removed = new Map<string, Path>();
  let issues = found;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = [...removed.values()];
    for (const issue of issues) {
      const path = originalPath(before, stepsOf(issue.path));
      const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [presentAt(part, path, removed)];
      for (const key of keys) {
        if (key.length === 0) return undefined;
        removed.set(JSON.stringify(key), key);
      }
    }
    const result = schema.safeParse(without(part, [], removed));
    if (result.success) return { value: result.data, removed: [...removed.values()] };
    issues = result.error.issues;
  }
  return undefined;
}

/** Where something that stands at `path` in the rest stood before entries of lists were taken out. */
export function originalPath(removed: readonly Path[], path: Path): Path {
  const original: (string | number)[] = [];
  for (const step of path) {
    let index = step;
    if (typeof index === 'number') {
      const gone = removed
        .filter((other) => other.length === original.length + 1 && isWithin(other, original))
        .map((other) => Number(other.at(-1)));
      for (const missing of gone.sort((a, b) => a - b)) if (missing <= index) index += 1;
    }
    original.push(index);
  }
  return original;
}

/** Whether an issue found in the rest, at a path of the original part, may be owed to what was taken out. */
export function mayBeOwed(removed: readonly Path[], code: IssueCode, path: Path): boolean {
  return NEEDS_THE_WHOLE.has(code) || removed.some((other) => isWithin(path, other) || isWithin(other, path));
}

/** The longest part of `path` where there still is something. */
function presentAt(part: unknown, path: Path, removed: ReadonlyMap<string, Path>): Path {
  let present = path;
  while (present.length > 0 && (valueAt(part, present) === undefined || removed.has(JSON.stringify(present))))
    present = present.slice(0, -1);
  return present;
}

/** A copy of plain data without what stands at the given paths. */
function without(value: unknown, path: Path, removed: ReadonlyMap<string, Path>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, inner]: [string, unknown]) => ({ key, inner, path: [...path, Array.isArray(value) ? Number(key) : key] }))
    .filter((entry) => !removed.has(JSON.stringify(entry.path)))
    .map((entry) => [entry.key, without(entry.inner, entry.path, removed)] as const);
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}
