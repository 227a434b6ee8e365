/** A stretch of time, half-open: `start` belongs to it, `end` does not. The functions here do not care for the unit. */
export interface Interval {
  start: number;
  end: number;
}

/** The same points in the fewest stretches: sorted, overlapping and adjoining ones joined, empty ones dropped. Returns new objects. */
export function union(list: readonly Interval[]): Interval[] {
  const sorted = list.filter((each) => each.start < each.end).sort((a, b) => a.start - b.start);
  const joined: Interval[] = [];
  let last: Interval | undefined;
  for (const { start, end } of sorted) {
    if (last !== undefined && start <= last.end) {
      if (end > last.end) last.end = end;
    } else {
      last = { start, end };
      joined.push(last);
    }
  }
  return joined;
}

/** What lies in `a` and not in `b`, as a union. The lists may be in any order and overlap. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const holes = union(b);
  const rest: Interval[] = [];
  let first = 0;
  for (const { start, end } of union(a)) {
    while (first < holes.length && holes[first]!.end <= start) first++;
    let free = start;
    for (let i = first; i < holes.length && holes[i]!.start < end; i++) {
      const hole = holes[i]!;
      if (hole.start > free) rest.push({ start: free, end: hole.start });
      free = hole.end;
    }
    if (free < end) rest.push({ start: free, end });
  }
  return rest;
}

/** What lies in both `a` and `b`, as a union. The lists may be in any order and overlap. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = union(a);
  const right = union(b);
  const common: Interval[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const x = left[i]!;
    const y = right[j]!;
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) common.push({ start, end });
    if (x.end < y.end) i++;
    else j++;
  }
  return common;
}

/** Whether one stretch of `list` holds all of `start` to `end`. `list` is as `union` returns it: sorted and disjoint. */
export function containsSpan(list: readonly Interval[], start: number, end: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  const stretch = list[low - 1];
  return stretch !== undefined && end <= stretch.end;
}
