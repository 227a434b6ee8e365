import { SIZE_LIMITS } from './limits.ts';
import type { Steps } from './steps.ts';

/** Something that could not be copied. */
export interface SnapshotProblem {
  code: 'unreadable' | 'too-deep' | 'too-large' | 'too-many';
  path: (string | number)[];
  /** Length and limit, where something is too long. */
  facts: Record<string, unknown>;
}

export interface Snapshot {
  /** Plain data that shares nothing with the original; what could not be copied is missing. */
  value: unknown;
  problems: SnapshotProblem[];
}

const LIST_LIMITS: ReadonlyMap<string, number> = new Map(Object.entries(SIZE_LIMITS));
/** For lists under keys that no program has. */
const OTHER_LIST_LIMIT = 1_000;

/** Lists and objects above this depth are copied in steps: the document, its lists, and no further. */
const STEPPED_DEPTH = 2;

/**
 * Copies a document into plain data, once: every property is read one time, lists are counted before they are read, and depth
 * and number of values are limited, so that getters, proxies, cycles and huge lists do no harm. Keys whose value is undefined
 * are left out, as `JSON.stringify` does. A step is an entry of one of the document's lists.
 */
export function* takeSnapshot(document: unknown): Steps<Snapshot> {
  const copier = new Copier();
  return { value: yield* copier.copyInSteps(document, ''), problems: copier.problems };
}

interface Shell {
  copied: unknown[] | Record<string, unknown>;
  keys: readonly (string | number)[];
}

class Copier {
  readonly problems: SnapshotProblem[] = [];
  private readonly path: (string | number)[] = [];
  /** Values read so far; the document is one. */
  private values = 1;
  private isTooLarge = false;

  /** `key`: the nearest key above, which names a list's limit. */
  *copyInSteps(value: unknown, key: string): Steps<unknown> {
    if (typeof value !== 'object' || value === null || this.path.length >= STEPPED_DEPTH) return this.copy(value, key);
    const shell = this.open(value, key);
    for (const step of shell?.keys ?? []) {
      yield;
      this.path.push(step);
      put(shell!.copied, step, yield* this.copyInSteps(this.read(value, step), nameOf(step)));
      this.path.pop();
    }
    return shell?.copied;
  }

  private copy(value: unknown, key: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const shell = this.open(value, key);
    for (const step of shell?.keys ?? []) {
      this.path.push(step);
      put(shell!.copied, step, this.copy(this.read(value, step), nameOf(step)));
      this.path.pop();
    }
    return shell?.copied;
  }

  /** An empty list or object to copy into, and what is to be read; undefined where it cannot be copied. */
  private open(value: object, key: string): Shell | undefined {
    if (this.values > SIZE_LIMITS.values) return this.tooLarge();
    if (this.path.length >= SIZE_LIMITS.depth) return this.fail('too-deep', { limit: SIZE_LIMITS.depth });
    try {
      const isList = Array.isArray(value);
      const keys = isList ? undefined : Object.keys(value);
      const length = isList ? value.length : keys!.length;
      const limit = isList ? (LIST_LIMITS.get(key) ?? OTHER_LIST_LIMIT) : SIZE_LIMITS.keys;
      if (length > limit) return this.fail('too-many', { length, limit });
      return { copied: isList ? [] : {}, keys: keys ?? Array.from({ length }, (_, index) => index) };
    } catch {
      return this.fail('unreadable', {});
    }
  }

  private read(owner: object, key: string | number): unknown {
    try {
      const value = (owner as Record<string | number, unknown>)[key];
      this.values += 1;
      return value;
    } catch {
      return this.fail('unreadable', {});
    }
  }

  /** Said once, for the whole document. */
  private tooLarge(): undefined {
    if (!this.isTooLarge) this.problems.push({ code: 'too-large', path: [], facts: { limit: SIZE_LIMITS.values } });
    this.isTooLarge = true;
    return undefined;
  }

  private fail(code: SnapshotProblem['code'], facts: Record<string, unknown>): undefined {
    if (this.problems.length <= SIZE_LIMITS.issues) this.problems.push({ code, path: [...this.path], facts });
    return undefined;
  }
}

/** The key that names the limit of a list below `step`. */
function nameOf(step: string | number): string {
  return typeof step === 'string' ? step : '';
}

/** Sets an entry of a list, or an own property, whatever its key, unless its value is undefined. */
function put(owner: unknown[] | Record<string, unknown>, key: string | number, value: unknown): void {
  if (Array.isArray(owner)) owner.push(value);
  else if (key === '__proto__') define(owner, key, value);
  else if (value !== undefined) owner[key] = value;
}

function define(owner: object, key: string, value: unknown): void {
  if (value !== undefined) Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}
