import type { Household, Problem, Spans } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import { nodePatterns, type Marks, type Pattern, type Work } from './patterns.ts';

/** Entries kept; a cache that outgrows it starts anew. */
const MOST = 4_000;

/**
 * Patterns of nodes by their content. Most weeks look alike: where a node has the same rows as one seen before, but for the week,
 * its patterns are taken over with the rows exchanged.
 */
export class PatternCache {
  private readonly known = new Map<string, { patterns: Pattern[]; rows: Int32Array }>();

  constructor(private readonly household: Household) {}

  *patterns(problem: Problem, domain: Domain, marks: Marks, node: number, work: Work): Generator<void, Pattern[]> {
    const rows = rowsOf(domain, node);
    if (rows.length === 0) return yield* nodePatterns(problem, this.household, domain, marks, node, work);
    const key = this.keyOf(problem, domain, marks, node, rows);
    const found = this.known.get(key);
    if (found === undefined) {
      const patterns = yield* nodePatterns(problem, this.household, domain, marks, node, work);
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(key, { patterns, rows });
      return patterns;
    }
    work.spent += found.patterns.length;
    if (found.rows[0] === rows[0] && found.rows[rows.length - 1] === rows[rows.length - 1]) return found.patterns;
    const exchange = new Map<number, number>();
    found.rows.forEach((row, index) => exchange.set(row, rows[index]!));
    return found.patterns.map((pattern) => ({ ...pattern, rows: pattern.rows.map((row) => exchange.get(row)!) }));
  }

  /** Everything that a node's patterns depend on, times counted from its first row. */
  private keyOf(problem: Problem, domain: Domain, marks: Marks, node: number, rows: Int32Array): string {
    const { candidates, persons, nodeWeek } = this.household;
    const base = rows.reduce((least, row) => Math.min(least, candidates.start[row]!), Infinity);
    const meetings = new Map<number, number>();
    const parts: (number | string)[] = [domain.forced[node]!.length, marks.roles.length, domain.free ? 1 : 0];
    persons.forEach(({ hours }, person) => {
      const week = nodeWeek[person as 0 | 1][node]!;
      parts.push(hours.dailyMax[week]!, hours.serviceMinutes[week]!, hours.lesserForbidden[week]!);
    });
    for (const item of domain.items[node]!) {
      parts.push(item, this.household.items[item]!.blockMax[candidates.week[domain.rows[node]![domain.items[node]!.indexOf(item)]![0]!]!]!);
    }
    for (const row of rows) {
      const meeting = candidates.meeting[row]!;
      if (meeting >= 0 && !meetings.has(meeting)) meetings.set(meeting, meetings.size);
      const flags =
        candidates.persons[row]! |
        (candidates.present[row]! << 2) |
        (candidates.counts[row]! << 4) |
        (candidates.apart[row]! << 5) |
        (candidates.pairable[row]! << 6);
      parts.push(
        `${candidates.start[row]! - base},${candidates.end[row]! - candidates.start[row]!},${candidates.item[row]!},${candidates.role[row]!},` +
          `${candidates.therapist[row]!},${meeting < 0 ? '' : problem.meetings[meeting]!.sure.join('+')},${meetings.get(meeting) ?? -1},${flags},${domain.cost[row]!}`,
      );
    }
    if (this.household.oneRoom || this.household.childcare) {
      const last = rows.reduce((most, row) => Math.max(most, candidates.end[row]!), -Infinity);
      parts.push(clip(this.household.coLocated, base, last), clip(this.household.covered, base, last));
    }
    return parts.join(';');
  }
}

function rowsOf(domain: Domain, node: number): Int32Array {
  const rows = [...domain.forced[node]!];
  for (const list of domain.rows[node]!) for (const row of list) rows.push(row);
  return Int32Array.from(rows);
}

/** The part of the spans between two minutes, counted from the first. */
function clip(spans: Spans, from: number, to: number): string {
  const parts: number[] = [];
  for (let index = 0; index < spans.length; index += 2) {
    if (spans[index]! < to && spans[index + 1]! > from)
      parts.push(Math.max(0, spans[index]! - from), Math.min(to, spans[index + 1]!) - from);
  }
  return parts.join();
}
