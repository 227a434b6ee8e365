import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { DayLimits } from './day-limits.ts';
import { countsOf, DayRows, type SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import { sessionsOf, type Half } from './half-search.ts';
import { Halves, type Context, type HalfKind } from './halves.ts';
import { Joiner, type Combination, type Found } from './join.ts';
import type { Marks } from './marks.ts';
import { PatternMaker, type Pattern } from './pattern.ts';
import { TogetherBound } from './together-bound.ts';

/** What makes patterns of one kind, and the fewest units of `together` that these have; Infinity where there are none. */
interface Cell {
  units: number;
  combinations: Combination[];
}

/** No date has more kinds of halves. */
const MOST_KINDS = 1_000_000;
/** Combinations looked at between two yields. */
const PACE = 200;

const NOTHING: Half = { ids: [], cost: 0 };
const NOBODY: HalfKind = {
  id: 0,
  counts: [],
  shared: { key: '|', has: [], needs: [], alike: true },
  ways: [NOTHING],
  groups: 0,
  least: NOTHING,
  below: () => ({ halves: [NOTHING], full: false, more: false }),
  without: () => NOTHING,
};

/**
 * Patterns of one node, each with another number of sessions per item (or other marks or draws), cheapest per kind; exact. A date
 * falls into its joint sessions and, given these, a half for each partner: the halves are searched apart, and put together cheapest
 * first where the partners depend on each other (a room, children, a therapist, shared meetings, the wish `together`).
 */
export function* nodePatterns(
  problem: Problem,
  household: Household,
  domain: Domain,
  marks: Marks,
  node: number,
  work: { spent: number },
): Generator<void, Pattern[]> {
  return yield* new PatternSearch(problem, household, domain, marks, node, work).run();
}

class PatternSearch {
  private readonly day: DayRows;
  private readonly limits: DayLimits;
  private readonly most: readonly number[];
  private readonly maker: PatternMaker;
  private readonly joint: readonly SessionClass[];
  private readonly halves: readonly Halves[];
  private readonly forcedCost: number;
  /** Weight of `together`. */
  private readonly together: number;
  private readonly joiner: Joiner;
  /** Kinds of halves that no two of fit together. */
  private readonly hopeless = new Set<string>();
  private readonly bound: TogetherBound;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    private readonly node: number,
    private readonly work: { spent: number },
  ) {
    this.day = new DayRows(problem, household, domain, marks, node);
    this.limits = new DayLimits(problem, household, domain, node);
    this.most = domain.items[node]!.map((item, place) => this.limits.most(item, domain.rows[node]![place]!));
    this.maker = new PatternMaker(household, marks, node);
    this.joint = this.day.classes.filter(({ role }) => role.owner === COUPLE);
    this.halves = household.persons.map(
      (_, person) => new Halves(household, this.day, this.maker, person, this.limits, this.most, problem.weights.compactDays, work),
    );
    this.forcedCost = this.day.forced.reduce((sum, id) => sum + this.day.cost[id]!, 0);
    this.together = household.together === 'none' ? 0 : problem.weights.together;
    this.joiner = new Joiner(household, this.day, this.halves, this.together, work);
    this.bound = new TogetherBound(
      household,
      this.day,
      this.halves.map(({ classes }) => classes),
      work,
    );
  }

  *run(): Generator<void, Pattern[]> {
    const best = new Map<string, Pattern>();
    for (const counts of countsOf(this.joint, this.most)) {
      const cells = new Map<number, Cell>();
      for (const context of this.contexts(counts)) {
        this.combine(context, cells);
        yield;
      }
      let looked = 0;
      for (const { combinations } of cells.values()) {
        const pattern = this.cheapest(combinations);
        if (pattern !== undefined) this.keep(best, pattern);
        if (++looked % PACE === 0) yield;
      }
    }
    const here = this.domain.items[this.node]!;
    return [...best.values()].sort((a, b) => {
      const place = here.findIndex((item) => a.byItem[item] !== b.byItem[item]);
      return place < 0 ? 0 : a.byItem[here[place]!]! - b.byItem[here[place]!]!;
    });
  }

  private *contexts(counts: readonly number[]): Generator<Context> {
    for (const ids of sessionsOf(this.day, this.joint, counts, this.work)) {
      const shut = Uint8Array.from(this.day.rows, (_, id) => (this.day.clashesAny(id, ids) ? 1 : 0));
      yield { ids, cost: ids.reduce((sum, id) => sum + this.day.cost[id]!, this.forcedCost), counts, shut };
    }
  }

  /** Adds what the halves of both partners make under some joint sessions; where partners are independent, only the cheapest. */
  private combine(context: Context, cells: Map<number, Cell>): void {
    const [first, second] = this.halves.map((halves) => halves.kinds(context));
    const partners = new Partners(second ?? [NOBODY]);
    for (const a of first!) {
      for (const b of partners.of(a)) {
        const key = a.id * MOST_KINDS + b.id;
        let cell = cells.get(key);
        if (cell === undefined) cells.set(key, (cell = { units: this.unitsOf(context, a, b), combinations: [] }));
        const least = context.cost + a.least.cost + b.least.cost + this.together * cell.units;
        if (cell.units === Infinity || (this.hopeless.size > 0 && this.hopeless.has(keyOf([a, b])))) continue;
        const [known] = cell.combinations;
        if (this.joiner.coupled || known === undefined) cell.combinations.push({ context, kinds: [a, b], least });
        else if (least < known.least) cell.combinations[0] = { context, kinds: [a, b], least };
      }
    }
  }

  /** Fewest units of `together`, Infinity where the date does not allow the numbers of sessions. */
  private unitsOf(context: Context, a: HalfKind, b: HalfKind): number {
    if (!this.allows(context, a, b)) return Infinity;
    return this.together === 0 || this.halves.length < 2 ? 0 : this.bound.least(a, b);
  }

  /** Whether the date allows the numbers of sessions. */
  private allows(context: Context, a: HalfKind, b: HalfKind): boolean {
    const counts = this.most.map(() => 0);
    const add = (classes: readonly SessionClass[], wanted: readonly number[]): void =>
      wanted.forEach((count, index) => (counts[classes[index]!.place]! += count));
    add(this.joint, context.counts);
    [a, b].forEach(({ counts: wanted }, person) => add(this.halves[person]?.classes ?? [], wanted));
    return this.limits.allows(counts);
  }

  /** The cheapest pattern of some combinations. */
  private cheapest(combinations: Combination[]): Pattern | undefined {
    combinations.sort((a, b) => a.least - b.least);
    let best: Found | undefined;
    for (const combination of combinations) {
      if (combination.least >= (best?.cost ?? Infinity)) break;
      const found = this.joiner.join(combination, best?.cost ?? Infinity);
      if (found === undefined && best === undefined && combination.context.ids.length === 0) this.hopeless.add(keyOf(combination.kinds));
      best = found ?? best;
    }
    return best === undefined ? undefined : this.maker.patternOf(best.cost, best.rows, best.share);
  }

  /** Keeps a pattern if it is the cheapest of those that the steps cannot tell apart. */
  private keep(best: Map<string, Pattern>, pattern: Pattern): void {
    const key = `${pattern.byItem.join()}|${this.maker.kindOf(pattern)}`;
    if (pattern.cost < (best.get(key)?.cost ?? Infinity)) best.set(key, pattern);
  }
}

/** The second partner's halves by the meetings that they share. */
class Partners {
  /** Those that bind both alike, which go with one set of meetings only; and the others. */
  private readonly alike = new Map<string, HalfKind[]>();
  private readonly others: HalfKind[] = [];

  constructor(private readonly kinds: readonly HalfKind[]) {
    for (const kind of kinds) {
      const same = this.alike.get(kind.shared.key);
      if (!kind.shared.alike) this.others.push(kind);
      else if (same === undefined) this.alike.set(kind.shared.key, [kind]);
      else same.push(kind);
    }
  }

  /** Those with which each partner attends the meetings that the other must share. */
  of({ shared: a }: HalfKind): readonly HalfKind[] {
    const agree = ({ shared: b }: HalfKind): boolean =>
      a.needs.every((meeting) => b.has.includes(meeting)) && b.needs.every((meeting) => a.has.includes(meeting));
    if (!a.alike) return this.kinds.filter(agree);
    const alike = this.alike.get(a.key) ?? [];
    return this.others.length === 0 ? alike : [...alike, ...this.others.filter(agree)];
  }
}

function keyOf([a, b]: Combination['kinds']): string {
  return `${a.id}/${b.id}/${a.shared.key}/${b.shared.key}`;
}
