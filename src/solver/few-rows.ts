import type { Household } from '../model/problem.ts';

/** Sessions kept per date, item and therapist. */
const MOST = 8;

/**
 * Extras that leave few sessions per date, item and therapist: of those that clash with the same meetings the cheapest first one and
 * last one. What is left is far quicker to search and seldom lacks a good plan.
 */
export function fewRows(household: Household, extra: Float64Array, most = MOST): Float64Array {
  const { candidates, nodeStart, nodeCount } = household;
  const { item, therapist, meeting, forced } = candidates;
  const result = Float64Array.from(extra);
  for (let node = 0; node < nodeCount; node++) {
    const to = nodeStart[node + 1]!;
    const meetings: number[] = [];
    for (let row = nodeStart[node]!; row < to; row++)
      if (meeting[row]! >= 0 && (forced[row] !== 0 || extra[row]! < Infinity)) meetings.push(row);
    for (let from = nodeStart[node]!; from < to;) {
      const run: number[] = [];
      let row = from;
      for (; row < to && item[row] === item[from] && therapist[row] === therapist[from]; row++) {
        if (meeting[row]! < 0 && forced[row] === 0 && extra[row]! < Infinity) run.push(row);
      }
      if (run.length > most) {
        const kept = new Set(fewOf(household, extra, run, meetings, most));
        for (const each of run) if (!kept.has(each)) result[each] = Infinity;
      }
      from = row;
    }
  }
  return result;
}

function fewOf(household: Household, extra: Float64Array, rows: readonly number[], meetings: readonly number[], most: number): number[] {
  const { cost } = household.candidates;
  const price = (row: number): number => extra[row]! + cost[row]!;
  const classes = new Map<string, { clashes: number; first: number; last: number }>();
  for (const row of rows) {
    const clashing = meetings.filter((other) => meets(household, row, other));
    const key = clashing.join();
    const known = classes.get(key);
    if (known === undefined || price(row) < price(known.first)) classes.set(key, { clashes: clashing.length, first: row, last: row });
    else if (price(row) === price(known.first)) known.last = row;
  }
  const ranked = [...classes.values()].sort((a, b) => price(a.first) - price(b.first) || a.clashes - b.clashes || a.first - b.first);
  const kept = new Set<number>();
  for (const { first } of ranked) if (kept.size < most) kept.add(first);
  for (const { last } of ranked) if (kept.size < most) kept.add(last);
  return [...kept];
}

/** Whether a session cannot be beside a meeting, whoever leads that. */
function meets(household: Household, row: number, other: number): boolean {
  const { start, end, persons } = household.candidates;
  if (start[row]! >= end[other]! || start[other]! >= end[row]!) return false;
  return (persons[row]! & persons[other]!) !== 0 || household.oneRoom || household.childcare;
}
