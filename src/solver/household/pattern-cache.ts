import type { Household, Problem, Spans } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import { mostOf, type Most } from './most.ts';
import type { Marks } from './marks.ts';
import type { Pattern } from './pattern.ts';
import { PatternSearch, type Slack } from './patterns.ts';
import { sideOf, type Side } from './sides.ts';

/** Numbers (of eight bytes) that the caches of all households hold, and more for so many weeks; one that outgrows its share starts anew. */
const MOST = 5_000_000;
const WEEKS = 2;
/** Numbers that a pattern takes. */
const PATTERN = 80;

/** The patterns of a node; nodes of one family have the same ones, but for the rows. */
export interface NodeChoices {
  family: number;
  patterns: readonly Pattern[];
  most: Most;
  /** Per person. */
  sides: readonly Side[];
  /** Per item: cost of its 0, 1, 2... cheapest sessions beside the forced ones; and the cost of these. */
  unary: (readonly number[])[];
  forcedCost: number;
  /** The node's rows, and those of the node for which the patterns were made, in the same order. */
  rows: Int32Array;
  made: Int32Array;
}

/** A node whose patterns are asked for: either they are known, or `search` makes them. */
export interface OpenNode {
  domain: Domain;
  node: number;
  rows: Int32Array;
  key: string;
  known?: NodeChoices;
  search?: PatternSearch;
}

const NOTHING: readonly number[] = [0];

/** The rows of a pattern in the node at hand. */
export function rowsOf({ rows, made }: NodeChoices, pattern: Pattern): number[] {
  return Array.from(pattern.rows, (row) => rows[made.indexOf(row)]!);
}

/** Patterns of nodes by their content. Most weeks look alike: a node that has the same rows as one seen before, but for the week, has its patterns. */
export class PatternCache {
  private readonly known = new Map<string, NodeChoices>();
  private families = 0;
  private held = 0;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
  ) {}

  *patterns(domain: Domain, marks: Marks, node: number, work: { spent: number }): Generator<void, NodeChoices> {
    return yield* this.make(this.open(domain, marks, node, work), work);
  }

  /** A node whose patterns are known, or can be bounded and made. */
  open(domain: Domain, marks: Marks, node: number, work: { spent: number }): OpenNode {
    const rows = rowsAt(domain, node);
    const key = this.keyOf(domain, marks, node, rows);
    const known = this.known.get(key);
    if (known !== undefined) return { domain, node, rows, key, known: { ...known, rows } };
    return { domain, node, rows, key, search: new PatternSearch(this.problem, this.household, domain, marks, node, work) };
  }

  /** The patterns of a node; where `slack` is told, those that plans within it can have, and they are not kept. */
  *make({ domain, node, rows, key, known, search }: OpenNode, work: { spent: number }, slack?: Slack): Generator<void, NodeChoices> {
    let found = known;
    if (found === undefined) {
      const patterns = yield* search!.run(slack);
      found = {
        family: this.families++,
        patterns,
        most: mostOf(this.household, patterns),
        sides: this.household.persons.map((_, person) => sideOf(this.household, person, patterns)),
        ...this.costsOf(domain, node),
        rows,
        made: rows,
      };
      if (slack === undefined) this.keep(key, found);
    }
    work.spent += found.patterns.length;
    return found;
  }

  private keep(key: string, found: NodeChoices): void {
    const { households, weekCount } = this.problem;
    const size = PATTERN * (found.patterns.length + 1) + found.rows.length + key.length / 8;
    this.held += size;
    if (this.held > (MOST * (1 + weekCount / WEEKS)) / households.length) {
      this.known.clear();
      this.held = size;
    }
    this.known.set(key, found);
  }

  private costsOf(domain: Domain, node: number): { unary: (readonly number[])[]; forcedCost: number } {
    const unary = this.household.items.map(() => NOTHING);
    domain.items[node]!.forEach((item, index) => {
      const { maxPerDay, blockMax } = this.household.items[item]!;
      const rows = domain.rows[node]![index]!;
      const most = Math.min(maxPerDay, Math.max(...blockMax), rows.length);
      const costs = [0];
      for (let count = 0; count < most; count++) costs.push(costs[count]! + domain.cost[rows[count]!]!);
      unary[item] = costs;
    });
    return { unary, forcedCost: domain.forced[node]!.reduce((sum, row) => sum + domain.cost[row]!, 0) };
  }

  /** Everything that a node's patterns depend on, times counted from its first row. */
  private keyOf(domain: Domain, marks: Marks, node: number, rows: Int32Array): string {
    const { candidates, persons, nodeDay, nodeWeek } = this.household;
    const { meetings: known } = this.problem;
    const base = rows.reduce((least, row) => Math.min(least, candidates.start[row]!), Infinity);
    const meetings = new Map<number, number>();
    const parts: (number | string)[] = [domain.forced[node]!.length, marks.roles.length, domain.free ? 1 : 0, domain.lesser ? 1 : 0];
    persons.forEach(({ hours, authorizations }, person) => {
      const week = nodeWeek[person as 0 | 1][node]!;
      const day = nodeDay[person as 0 | 1][node]!;
      parts.push(authorizations.map((grant) => (day >= grant.from && day <= grant.to ? 1 : 0)).join(''));
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
          `${candidates.therapist[row]!},${meeting < 0 ? '' : known[meeting]!.sure.join('+')},${meetings.get(meeting) ?? -1},${flags},${domain.cost[row]!}`,
      );
    }
    if (this.household.oneRoom || this.household.childcare) {
      const last = rows.reduce((most, row) => Math.max(most, candidates.end[row]!), -Infinity);
      parts.push(clip(this.household.coLocated, base, last), clip(this.household.covered, base, last));
    }
    return parts.join(';');
  }
}

function rowsAt(domain: Domain, node: number): Int32Array {
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
