import type { Household, Problem } from '../../../src/model/problem.ts';
import { DayLimits } from '../../../src/solver/household/day-limits.ts';
import type { Domain } from '../../../src/solver/household/domain.ts';
import { clash } from '../../../src/solver/household/pairs.ts';
import type { Marks } from '../../../src/solver/household/marks.ts';
import { PatternMaker } from '../../../src/solver/household/pattern.ts';

/** What may be done on one date, by trying all sets of its rows. */
export class AllPatterns {
  private readonly maker: PatternMaker;
  private readonly limits: DayLimits;
  private readonly forced: readonly number[];
  private readonly free: readonly number[];
  private readonly most: readonly number[];

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    private readonly node: number,
  ) {
    this.maker = new PatternMaker(household, marks, node);
    this.limits = new DayLimits(problem, household, domain, node);
    this.forced = [...domain.forced[node]!];
    this.free = domain.rows[node]!.flatMap((rows) => [...rows]);
    this.most = domain.items[node]!.map((item, place) => this.limits.most(item, domain.rows[node]![place]!));
  }

  /** Least cost of each kind. */
  leastByKind(): Map<string, number> {
    const least = new Map<string, number>();
    for (const rows of this.sets(this.forced, 0)) {
      const [kind, cost] = [this.kindOf(rows), this.costOf(rows)];
      if (this.isAllowed(rows) && cost < (least.get(kind) ?? Infinity)) least.set(kind, cost);
    }
    return least;
  }

  /** Sessions per item, and what the maker of patterns tells apart else. */
  kindOf(rows: readonly number[]): string {
    const { item, counts } = this.household.candidates;
    const held = this.household.items.map((_, index) => rows.filter((row) => item[row] === index && counts[row] === 1).length);
    return `${held.join()}|${this.maker.kindOf(this.maker.patternOf(0, rows))}`;
  }

  /** Whether the date allows a set of rows, the forced ones among them. */
  isAllowed(rows: readonly number[]): boolean {
    const chosen = rows.filter((row) => !this.forced.includes(row));
    const agree = chosen.every((row) => rows.every((other) => row === other || !this.clash(row, other)));
    const { item } = this.household.candidates;
    const wanted = this.domain.items[this.node]!.map((index) => chosen.filter((row) => item[row] === index).length);
    const few = wanted.every((count, place) => count <= this.most[place]!);
    return agree && few && this.limits.allows(wanted) && this.isShared(rows);
  }

  /** Prices of the rows, and the soft rules of a date. */
  costOf(rows: readonly number[]): number {
    const { weights } = this.problem;
    let cost = rows.reduce((sum, row) => sum + this.domain.cost[row]!, 0);
    this.household.persons.forEach((_, person) => (cost += weights.compactDays * this.compactUnits(rows, person)));
    return cost + weights.together * Math.ceil(this.minutesAgainstWish(rows) / 15);
  }

  private *sets(chosen: readonly number[], at: number): Generator<readonly number[]> {
    if (at === this.free.length) {
      yield chosen;
      return;
    }
    yield* this.sets(chosen, at + 1);
    const row = this.free[at]!;
    if (!chosen.some((other) => this.clash(row, other))) yield* this.sets([...chosen, row], at + 1);
  }

  private clash(a: number, b: number): boolean {
    return clash(this.problem, this.household, a, b, this.domain.free);
  }

  /** Whether all that partners should share is shared. */
  private isShared(rows: readonly number[]): boolean {
    const { pairable, meeting, persons } = this.household.candidates;
    if (this.household.pairing !== 'always') return true;
    return rows.every(
      (row) => pairable[row] === 0 || rows.some((other) => meeting[other] === meeting[row] && persons[other] === 3 - persons[row]!),
    );
  }

  /** (Last end - first start - minutes of the sessions - 10 for each gap) / 15, rounded up, never below 0. */
  private compactUnits(rows: readonly number[], person: number): number {
    const { start, end } = this.household.candidates;
    const own = rows.filter((row) => this.isAt(row, person));
    if (own.length === 0) return 0;
    const stay = Math.max(...own.map((row) => end[row]!)) - Math.min(...own.map((row) => start[row]!));
    const minutes = own.reduce((sum, row) => sum + end[row]! - start[row]!, 0);
    return Math.max(0, Math.ceil((stay - minutes - 10 * (own.length - 1)) / 15));
  }

  /**
   * Simultaneous: minutes of one's individual sessions while the other is in none. Staggered: minutes in which both are in sessions that
   * are not the same. Counted stretch by stretch, between any two times at which something starts or ends.
   */
  private minutesAgainstWish(rows: readonly number[]): number {
    const { start, end } = this.household.candidates;
    const { together } = this.household;
    if (together === 'none') return 0;
    const times = [...new Set(rows.flatMap((row) => [start[row]!, end[row]!]))].sort((x, y) => x - y);
    let minutes = 0;
    times.slice(1).forEach((to, index) => {
      const from = times[index]!;
      const on = rows.filter((row) => start[row]! <= from && end[row]! >= to);
      const [first, second] = [0, 1].map((person) => on.filter((row) => this.isAt(row, person))) as [number[], number[]];
      const against = together === 'simultaneous' ? this.areAlone(first, second) : this.areApart(first, second);
      minutes += against ? to - from : 0;
    });
    return minutes;
  }

  private areAlone(first: readonly number[], second: readonly number[]): boolean {
    const { role } = this.household.candidates;
    const individual = (row: number): boolean => this.household.roles[role[row]!]!.kind === 'individual';
    return (first.length === 0 && second.some(individual)) || (second.length === 0 && first.some(individual));
  }

  private areApart(first: readonly number[], second: readonly number[]): boolean {
    const { meeting } = this.household.candidates;
    return first.some((row) => second.some((other) => row !== other && (meeting[row]! < 0 || meeting[row] !== meeting[other])));
  }

  private isAt(row: number, person: number): boolean {
    return (this.household.candidates.present[row]! & (1 << person)) !== 0;
  }
}
