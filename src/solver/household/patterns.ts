import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { bothMinutes, bothMinutesOf, togetherUnits } from './day-cost.ts';
import { DayLimits } from './day-limits.ts';
import { countsOf, DayRows, type SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import { sessionsOf, type Half, type HalfList } from './half-search.ts';
import { Halves, type Context, type HalfKind } from './halves.ts';
import { PatternMaker, type Marks, type Pattern } from './pattern.ts';
import { TogetherBound } from './together-bound.ts';

/** What a pattern is made of: joint sessions and a kind of half for each person. */
interface Combination {
  context: Context;
  kinds: readonly [HalfKind, HalfKind];
  /** A bound of its cost. */
  least: number;
}

/** What makes patterns of one kind, and the fewest units of `together` that these have; Infinity where there are none. */
interface Cell {
  units: number;
  combinations: Combination[];
}

/** A pattern's sessions and cost. */
interface Found {
  rows: number[];
  cost: number;
}

/** Halves asked for at first where partners depend on each other, and by how much they may then cost more than the least. */
const HALVES = 64;
const SLACK = 4;
const MORE = 4;
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
  /** Weight of `together`, and whether what one partner does matters to the other. */
  private readonly together: number;
  private readonly coupled: boolean;
  private readonly shut = new Map<number, readonly number[]>();
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
    this.coupled = this.halves.length > 1 && (this.together > 0 || this.partnersClash());
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
        if (this.coupled || known === undefined) cell.combinations.push({ context, kinds: [a, b], least });
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
      const found = this.join(combination, best?.cost ?? Infinity);
      if (found === undefined && best === undefined && combination.context.ids.length === 0) this.hopeless.add(keyOf(combination.kinds));
      best = found ?? best;
    }
    return best === undefined ? undefined : this.maker.patternOf(best.cost, best.rows);
  }

  /** The two halves that are cheapest together, if they cost less than `upper`. */
  private join(combination: Combination, upper: number): Found | undefined {
    const { context, kinds, least } = combination;
    const [a, b] = kinds;
    let best = this.pair(context, a.least, b.least, upper);
    if (!this.coupled || best?.cost === least) return best;
    const fits = new Map<string, Half | undefined>();
    for (let slack = SLACK, most = HALVES; ;) {
      const reach = (best?.cost ?? upper) - least;
      const wide = Math.min(slack, reach);
      const first = a.below(a.least.cost + wide, most);
      const second = this.household.together === 'simultaneous' && this.together > 0 ? b.below(b.least.cost + wide, most) : undefined;
      for (const half of first.halves) {
        if (least + half.cost - a.least.cost >= (best?.cost ?? upper)) break;
        best = this.complete(combination, half, second, fits, best?.cost ?? upper) ?? best;
      }
      const full = first.full || second?.full === true;
      if ((best?.cost ?? upper) <= least) return best;
      if (!full && (wide === reach || wide >= (best?.cost ?? upper) - least || (!first.more && second?.more !== true))) return best;
      if (full) most *= MORE;
      else slack *= MORE;
    }
  }

  /** The best pattern with a half of the first partner, if it costs less than `upper`; of some halves of the second where their times matter. */
  private complete(
    { context, kinds, least }: Combination,
    half: Half,
    others: HalfList | undefined,
    fits: Map<string, Half | undefined>,
    upper: number,
  ): Found | undefined {
    const [a, b] = kinds;
    if (this.together > 0 && this.household.together === 'staggered') return this.stagger(context, half, b, fits, upper);
    const shut = this.shutByAll(half.ids);
    const key = shut.join();
    if (!fits.has(key)) fits.set(key, shut.length === 0 ? b.least : b.without(withShut(context.shut, shut)));
    const fit = fits.get(key);
    const rest = least - a.least.cost - b.least.cost + half.cost;
    if (fit === undefined || rest + fit.cost >= upper) return undefined;
    let best = this.pair(context, half, fit, upper);
    for (const other of others?.halves ?? []) {
      if (rest + other.cost >= (best?.cost ?? upper)) break;
      best = this.pair(context, half, other, best?.cost ?? upper) ?? best;
    }
    return best;
  }

  /**
   * The best pattern with a half of the first partner, if it costs less than `upper`, where the couple wishes not to be busy at once.
   * What the second partner has to do beside the first one's groups alone is a bound for all halves with these groups.
   */
  private stagger(context: Context, half: Half, kind: HalfKind, fits: Map<string, Half | undefined>, upper: number): Found | undefined {
    const groups = half.ids.filter((id) => this.isGroup(id));
    const key = groups.join();
    if (!fits.has(key)) fits.set(key, this.beside(context, groups, half.cost, kind, upper));
    const bound = fits.get(key);
    if (bound === undefined || half.cost + bound.cost >= upper) return undefined;
    const fit = groups.length === half.ids.length ? bound : this.beside(context, half.ids, half.cost, kind, upper);
    if (fit === undefined) return undefined;
    const rows = [...this.day.forced, ...context.ids, ...half.ids, ...fit.ids].map((id) => this.day.rows[id]!);
    return half.cost + fit.cost < upper ? { cost: half.cost + fit.cost, rows } : undefined;
  }

  /** The second partner's best half beside sessions of the first, with the cost of all but the first's half, if it is below `upper` with that. */
  private beside(context: Context, ids: readonly number[], cost: number, kind: HalfKind, upper: number): Half | undefined {
    const { rows } = this.day;
    const first = [...this.day.forced, ...context.ids, ...ids].map((id) => rows[id]!);
    const minutes = new Int32Array(rows.length);
    for (const { members } of this.halves[1]!.classes) {
      for (const id of members) minutes[id] = first.reduce((sum, row) => sum + bothMinutesOf(this.household, rows[id]!, row), 0);
    }
    const base = bothMinutes(this.household, first, first.length);
    const rest = context.cost + this.together * Math.ceil(base / 15);
    this.work.spent++;
    const shut = withShut(context.shut, this.shutByAll(ids));
    const fit = kind.without(shut, upper - cost - rest, { minutes, base, weight: this.together });
    return fit === undefined ? undefined : { ids: fit.ids, cost: rest + fit.cost };
  }

  private isGroup(id: number): boolean {
    return this.household.candidates.meeting[this.day.rows[id]!]! >= 0;
  }

  /** Sessions of the second partner that clash with some of the first, rising. */
  private shutByAll(ids: readonly number[]): number[] {
    return [...new Set(ids.flatMap((id) => this.shutBy(id)))].sort((a, b) => a - b);
  }

  /** Sessions of the second partner that clash with a session of the first. */
  private shutBy(id: number): readonly number[] {
    let shut = this.shut.get(id);
    if (shut === undefined) {
      shut = this.halves[1]!.classes.flatMap(({ members }) => members).filter((other) => this.day.clash(id, other));
      this.shut.set(id, shut);
    }
    return shut;
  }

  /** A pattern of two halves, if it costs less than `upper` and they do not clash. */
  private pair(context: Context, a: Half, b: Half, upper: number): Found | undefined {
    this.work.spent++;
    if (this.coupled && a.ids.some((id) => this.day.clashesAny(id, b.ids))) return undefined;
    const rows = [...this.day.forced, ...context.ids, ...a.ids, ...b.ids].map((id) => this.day.rows[id]!);
    const together = this.together > 0 ? this.together * togetherUnits(this.household, rows, rows.length) : 0;
    const cost = context.cost + a.cost + b.cost + together;
    return cost < upper ? { cost, rows } : undefined;
  }

  /** Keeps a pattern if it is the cheapest of those that the steps cannot tell apart. */
  private keep(best: Map<string, Pattern>, pattern: Pattern): void {
    const key = `${pattern.byItem.join()}|${this.maker.kindOf(pattern)}`;
    if (pattern.cost < (best.get(key)?.cost ?? Infinity)) best.set(key, pattern);
  }

  /** Whether some session of one partner clashes with one of the other. */
  private partnersClash(): boolean {
    const [first, second] = this.halves.map(({ classes }) => classes.flatMap(({ members }) => members));
    return first!.some((id) => this.day.clashesAny(id, second!));
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

function withShut(shut: Uint8Array, ids: readonly number[]): Uint8Array {
  const result = Uint8Array.from(shut);
  for (const id of ids) result[id] = 1;
  return result;
}
