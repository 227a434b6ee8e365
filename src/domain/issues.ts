import type { Issue, IssueCode } from '../errors.ts';
import { SIZE_LIMITS } from './limits.ts';

export type { Issue, IssueCode } from '../errors.ts';

export type Path = readonly (string | number)[];

/** Keys whose values never appear in an issue. */
const PRIVATE_KEYS: ReadonlySet<string | number> = new Set(['name']);

/** A text of at most 64 characters: longer ones end in an ellipsis. */
export function cut(text: string): string {
  return text.length <= SIZE_LIMITS.text ? text : `${text.slice(0, SIZE_LIMITS.text - 1)}…`;
}

/** What stands at `path` in plain data; undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** A value as an issue may show it: plain values (texts cut), lists and objects by what they are. */
export function shown(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return 'list';
  return typeof value;
}

/** Whether `path` is `ancestor` or below it. */
export function isWithin(path: Path, ancestor: Path): boolean {
  return ancestor.length <= path.length && ancestor.every((step, index) => step === path[index]);
}

/** How to tell issues with a part of which something was taken out; paths are below the part. */
export interface Repair {
  original: (path: Path) => Path;
  mayBeOwed: (code: IssueCode, path: Path) => boolean;
}

/** Of a part inside a repaired one that needs no repair itself. */
export const NO_REPAIR: Repair = { original: (path) => path, mayBeOwed: () => false };

/** Collects issues with one document, at most `SIZE_LIMITS.issues` and one of each code at a place. */
export class IssueList {
  private readonly issues: Issue[] = [];
  private readonly seen = new Set<string>();
  private readonly silenced = new Set<string>();
  private readonly repairs = new Map<string, Repair>();
  private further = 0;
  private readonly root: unknown;

  /** `root`: the document as plain data, from which entities and values are read. */
  constructor(root: unknown) {
    this.root = root;
  }

  /** Adds an issue; `message` is prefixed with the nearest enclosing id, `facts` with that id and the value at `path`. */
  add(code: IssueCode, found: Path, message: string, facts: Record<string, unknown> = {}): void {
    const path = this.originalPath(code, found);
    if (path === undefined || this.isSilenced(path)) return;
    if (this.full) {
      this.further += 1;
      return;
    }
    const key = `${code}${JSON.stringify(path)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const entity = this.entityOf(path);
    const value = code === 'unknown-key' || path.some((step) => PRIVATE_KEYS.has(step)) ? undefined : valueAt(this.root, path);
    this.issues.push({
      code,
      path: path.map((step) => (typeof step === 'string' ? cut(step) : step)),
      message: entity === undefined ? message : `${entity}: ${message}`,
      facts: { ...(entity === undefined ? {} : { entity }), ...(value === undefined ? {} : { value: shown(value) }), ...facts },
    });
  }

  /** Counts issues beyond the limit without making them. */
  addFurther(path: Path, count: number): void {
    if (!this.isSilenced(path)) this.further += count;
  }

  /** Takes no issue at `path` or below it from here on: what is there was not read. */
  silence(path: Path): void {
    this.silenced.add(JSON.stringify(path));
  }

  /** From here on, paths at or below `base` are those of what was left of it. */
  repair(base: Path, repair: Repair): void {
    this.repairs.set(JSON.stringify(base), repair);
  }

  /** Whether no more issues are listed, only counted. */
  get full(): boolean {
    return this.issues.length >= SIZE_LIMITS.issues;
  }

  /** All issues; the last one counts those beyond the limit. */
  list(): Issue[] {
    if (this.further === 0) return this.issues;
    const message = `${this.further} more issues are not listed`;
    return [...this.issues, { code: 'more-issues', path: [], message, facts: { count: this.further } }];
  }

  /** Whether `path` lies at or below a silenced place. */
  isSilenced(path: Path): boolean {
    if (this.silenced.size === 0) return false;
    for (let length = 0; length <= path.length; length += 1) {
      if (this.silenced.has(JSON.stringify(path.slice(0, length)))) return true;
    }
    return false;
  }

  /** The path in the document; undefined where the issue may be owed to what was taken out. */
  private originalPath(code: IssueCode, path: Path): Path | undefined {
    if (this.repairs.size === 0) return path;
    for (let length = path.length; length >= 0; length -= 1) {
      const base = path.slice(0, length);
      const repair = this.repairs.get(JSON.stringify(base));
      if (repair === undefined) continue;
      const inner = repair.original(path.slice(length));
      return repair.mayBeOwed(code, inner) ? undefined : [...base, ...inner];
    }
    return path;
  }

  private entityOf(path: Path): string | undefined {
    for (let length = path.length; length >= 0; length -= 1) {
      const id = valueAt(this.root, [...path.slice(0, length), 'id']);
      if (typeof id === 'string' && id.length > 0 && id.length <= SIZE_LIMITS.text) return id;
    }
    return undefined;
  }
}
