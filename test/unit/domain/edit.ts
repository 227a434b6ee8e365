/** Stands for a key that is to be taken away. */
export const REMOVED = Symbol('removed');

/** Keys and indices of a path written with dots, `couples.0.partners.1.care`; the empty text is the root. */
export function steps(path: string): (string | number)[] {
  return path === '' ? [] : path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** A copy of `document` with the value at `path` replaced, added or removed. */
export function edited(document: unknown, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(document);
  const all = steps(path);
  const last = all.pop();
  if (last === undefined) return value;
  const owner = all.reduce((at, step) => (at as Record<string | number, unknown>)[step], copy) as Record<string | number, unknown>;
  if (value === REMOVED) delete owner[last];
  else owner[last] = value;
  return copy;
}
