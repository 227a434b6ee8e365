import { SIZE_LIMITS } from './limits.ts';

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

/**
 * Copies a document into plain data, once: every property is read one time, lists are counted before they are read, and depth
 * and number of values are limited, so that getters, proxies, cycles and huge lists do no harm. Keys whose value is undefined
 * are left out, as `JSON.stringify` does.
 */
export function takeSnapshot(document: unknown): Snapshot {
  const copier = new Copier();
  return { value: copier.copy(document, ''), problems: copier.problems };
}

class Copier {
  readonly problems: SnapshotProblem[] = [];
  private readonly path: (string | number)[] = [];
  private values = 0;
  private isTooLarge = false;

  /** `key`: the nearest key above, which names a list's limit. */
  copy(value: unknown, key: string): unknown {
    this.values += 1;
    if (typeof value !== 'object' || value === null) return value;
    if (this.values > SIZE_LIMITS.values) return this.tooLarge();
    if (this.path.length >= SIZE_LIMITS.depth) return this.fail('too-deep', { limit: SIZE_LIMITS.depth });
    try {
      return Array.isArray(value) ? this.copyList(value, key) : this.copyObject(value);
    } catch {
      return this.fail('unreadable', {});
    }
  }

  private copyList(list: readonly unknown[], key: string): unknown {
    const length = list.length;
    const limit = LIST_LIMITS.get(key) ?? OTHER_LIST_LIMIT;
    if (length > limit) return this.fail('too-many', { length, limit });
    const copied: unknown[] = [];
    for (let index = 0; index < length; index += 1) {
      this.path.push(index);
      copied.push(this.copyProperty(list, index, ''));
      this.path.pop();
    }
    return copied;
  }

  private copyObject(object: object): unknown {
    const keys = Object.keys(object);
    if (keys.length > SIZE_LIMITS.keys) return this.fail('too-many', { length: keys.length, limit: SIZE_LIMITS.keys });
    const copied: Record<string, unknown> = {};
    for (const key of keys) {
      this.path.push(key);
      const value = this.copyProperty(object, key, key);
      if (value !== undefined) put(copied, key, value);
      this.path.pop();
    }
    return copied;
  }

  private copyProperty(owner: object, key: string | number, name: string): unknown {
    let value: unknown;
    try {
      value = (owner as Record<string | number, unknown>)[key];
    } catch {
      return this.fail('unreadable', {});
    }
    return this.copy(value, name);
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

/** Sets an own property, whatever its key. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
