import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { DayLimits } from './day-limits.ts';
import { CountLists, type Wanted } from './counts.ts';
import { DayRows, type SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import { setsOf, type Way } from './half-search.ts';
import { Halves, NOT_SHARED, type Context, type HalfKind } from './halves.ts';
import { looseSideOf, type LooseSide } from './sides.ts';
import { ALL, SlackRoom, type CostRoom, type Slack } from './slack-room.ts';
import type { LooseMemo } from './loose-memo.ts';
import { Joiner, type Combination, type Found } from './join.ts';
import type { Marks } from './marks.ts';
import { PatternMaker, type Pattern } from './pattern.ts';
import { TogetherBound } from './together-bound.ts';

/** What makes patterns of one kind. */
interface Cell {
  /** Fewest units of `together` that these have; Infinity where there are none, -1 where nobody asked. */
  units: number;
  combinations: Combination[];
  /** Patterns that cost as much are of no interest. */
  limit: number;
}

/** Combinations looked at between two yields. */
const PACE = 200;

const NOTHING: Way = { ids: [], cost: 0, first: Infinity, last: -Infinity };
const NOBODY: HalfKind = {
  id: 0,
  wanted: 0,
  counts: [],
  shared: NOT_SHARED,
  ways: [NOTHING],
  groups: 0,
  least: NOTHING,
  below: () => ({ halves: [NOTHING], full: false, more: false }),
  without: () => NOTHING,
};
const ALONE = [NOBODY];

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

/** The patterns of a date, and bounds of them. */
export class PatternSearch {
  private readonly day: DayRows;
  private readonly limits: DayLimits;
  private readonly most: readonly number[];
  private readonly maker: PatternMaker;
  private readonly joint: readonly SessionClass[];
  private readonly halves: readonly Halves[];
  private readonly forcedCost: number;
  /** Weight of `together`. */
  private readonly together: number;
  /** Whether no two patterns have the same numbers of sessions per item and date. */
  private readonly isPlain: boolean;
  private readonly joiner: Joiner;
  /** Kinds of halves that no two of fit together. */
  private readonly hopeless = new Set<string>();
  private readonly jointList: readonly Wanted[];
  private readonly jointCounts: readonly (readonly number[])[];
  private bound: TogetherBound | undefined;
  private loose: LooseSide[] | undefined;

  constructor(
    problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    private readonly node: number,
    private readonly work: { spent: number },
    lists = new CountLists(),
  ) {
    const day = new DayRows(problem, household, domain, marks, node);
    this.day = day;
    this.limits = new DayLimits(problem, household, domain, node);
    this.most = domain.items[node]!.map((item, place) => this.limits.most(item, domain.rows[node]![place]!));
    this.maker = new PatternMaker(household, marks, node);
    this.joint = day.classes.filter(({ role }) => role.owner === COUPLE);
    this.jointList = lists.of(this.joint, this.most, Infinity).wanted;
    this.jointCounts = this.jointList.map(({ counts }) => counts);
    const { limits, most, maker } = this;
    const setting = { household, day, maker, limits, most, compact: problem.weights.compactDays, lists, work };
    this.halves = household.persons.map((_, person) => new Halves(setting, person));
    this.forcedCost = day.costOf(day.forced);
    this.together = household.together === 'none' ? 0 : problem.weights.together;
    this.joiner = new Joiner(household, day, this.halves, this.together, work);
    this.isPlain = marks.roles.length === 0 && !maker.ordered.includes(true);
  }

  /** Each partner's sides of the patterns, however the sessions of the others lie: bounds of the sides that there are. */
  looseSides(memo?: LooseMemo): LooseSide[] {
    this.loose ??= this.halves.map((halves, person) => {
      if (memo === undefined) return this.looseSideOf(person);
      const place = this.node * this.halves.length + person;
      return memo.sideOf(place, [this.jointList, halves.wanted], this.looseContents(person), () => this.looseSideOf(person));
    });
    return this.loose;
  }

  /** What a loose side depends on beside the choices of how many sessions. */
  private looseContents(person: number): Float64Array {
    const { classes } = this.halves[person]!;
    const contents = [this.domain.free ? 1 : 0];
    const add = (each: SessionClass): void => {
      contents.push(-1);
      for (const id of each.members) contents.push(this.day.rows[id]!, this.day.cost[id]!);
    };
    for (const each of classes) add(each);
    if (person < this.halves.length - 1) return Float64Array.from(contents);
    contents.push(this.forcedCost);
    for (const each of this.joint) add(each);
    return Float64Array.from(contents);
  }

  private looseSideOf(person: number): LooseSide {
    const isLast = person === this.halves.length - 1;
    const least = (counts: readonly number[], wanted: Wanted): { cost: number; half: number } => {
      const joint = { minutes: 0, sessions: 0 };
      let shared = isLast ? this.forcedCost : 0;
      counts.forEach((count, index) => {
        joint.minutes += count * this.joint[index]!.role.minutes;
        joint.sessions += count;
        if (isLast) shared += this.day.costOf(this.joint[index]!.members.slice(0, count));
      });
      const half = this.halves[person]!.loosely(wanted, joint);
      return { cost: shared + half, half };
    };
    const { household, domain, node, joint } = this;
    const setting = { household, domain, node, person, joint, halves: this.halves[person]!, base: this.limits.forced[person]! };
    return looseSideOf(setting, this.jointCounts, least);
  }

  /** @param slack how much more than the bounds a plan may cost, and what each entry of the sides costs more; all patterns where it is missing */
  *run(slack?: Slack): Generator<void, Pattern[]> {
    const found: Pattern[] = [];
    for (let place = 0; place < this.jointCounts.length; place++) {
      const room = this.roomFor(slack, place);
      const cells = new Cells();
      for (const context of this.contexts(this.jointCounts[place]!)) {
        this.combine(context, cells, room);
        yield;
      }
      let looked = 0;
      for (const { combinations, limit } of cells.all) {
        const pattern = this.cheapest(combinations, limit);
        if (pattern !== undefined) found.push(pattern);
        if (++looked % PACE === 0) yield;
      }
    }
    const here = this.domain.items[this.node]!;
    return (this.isPlain ? found : this.cheapestOfEach(found)).sort((a, b) => {
      for (const item of here) if (a.byItem[item] !== b.byItem[item]) return a.byItem[item]! - b.byItem[item]!;
      return 0;
    });
  }

  private contexts(counts: readonly number[]): Context[] {
    if (!this.limits.fitDates(this.joint, counts)) return [];
    return setsOf(this.day, this.joint, counts, this.work).map((ids) => ({
      ids,
      cost: this.forcedCost + this.day.costOf(ids),
      counts,
      shut: this.day.shutBy(ids),
    }));
  }

  /** What patterns with a choice of joint sessions may cost. */
  private roomFor(slack: Slack | undefined, joint: number): CostRoom {
    if (slack === undefined) return ALL;
    return new SlackRoom(
      slack,
      this.looseSides(),
      this.halves.map(({ wanted }) => wanted.length),
      joint,
    );
  }

  /** Adds what the halves of both partners make under some joint sessions; where partners are independent, only the cheapest. */
  private combine(context: Context, cells: Cells, room: CostRoom): void {
    if (!room.enter(context.cost)) return;
    const kinds: HalfKind[][] = [];
    for (let person = 0; person < this.halves.length; person++) {
      kinds.push(this.halves[person]!.kinds(context, (wanted) => room.ofHalf(person, wanted)));
      if (!room.note(person, kinds[person]!)) return;
    }
    const partners = new Partners(kinds[1] ?? ALONE);
    for (const a of kinds[0]!) {
      for (const b of partners.of(a)) {
        const cell = cells.of(a.id, b.id) ?? cells.add(a.id, b.id, room.ofPattern(a.wanted, b.wanted));
        const apart = context.cost + a.least.cost + b.least.cost;
        if (apart >= cell.limit) continue;
        if (cell.units < 0) cell.units = this.unitsOf(context, a, b);
        const least = apart + this.together * cell.units;
        if (least >= cell.limit || cell.units === Infinity || (this.hopeless.size > 0 && this.hopeless.has(keyOf([a, b])))) continue;
        const [known] = cell.combinations;
        if (this.joiner.coupled || known === undefined) cell.combinations.push({ context, kinds: [a, b], least });
        else if (least < known.least) cell.combinations[0] = { context, kinds: [a, b], least };
      }
    }
  }

  /** Fewest units of `together`, Infinity where the date does not allow the numbers of sessions. */
  private unitsOf(context: Context, a: HalfKind, b: HalfKind): number {
    if (!this.allows(context, a, b)) return Infinity;
    if (this.together === 0 || this.halves.length < 2) return 0;
    this.bound ??= new TogetherBound(this.household, this.day, this.halves, this.work);
    return this.bound.least(a, b);
  }

  /** Whether the date allows the numbers of sessions. */
  private allows(context: Context, a: HalfKind, b: HalfKind): boolean {
    const counts = this.most.map(() => 0);
    addTo(counts, this.joint, context.counts);
    addTo(counts, this.halves[0]!.classes, a.counts);
    if (this.halves.length > 1) addTo(counts, this.halves[1]!.classes, b.counts);
    return this.limits.allows(counts);
  }

  /** The cheapest pattern of some combinations, if it costs less than a limit. */
  private cheapest(combinations: Combination[], limit: number): Pattern | undefined {
    if (combinations.length > 1) combinations.sort((a, b) => a.least - b.least);
    let best: Found | undefined;
    for (const combination of combinations) {
      const upper = best?.cost ?? limit;
      if (combination.least >= upper) break;
      const found = this.joiner.join(combination, upper);
      if (found === undefined && upper === Infinity && combination.context.ids.length === 0) this.hopeless.add(keyOf(combination.kinds));
      best = found ?? best;
    }
    return best === undefined ? undefined : this.maker.patternOf(best.cost, best.rows, best.share);
  }

  /** The cheapest patterns of those that the steps cannot tell apart. */
  private cheapestOfEach(patterns: readonly Pattern[]): Pattern[] {
    const best = new Map<string, Pattern>();
    for (const pattern of patterns) {
      const key = `${pattern.byItem.join()}|${this.maker.kindOf(pattern)}`;
      if (pattern.cost < (best.get(key)?.cost ?? Infinity)) best.set(key, pattern);
    }
    return [...best.values()];
  }
}

/** Adds numbers of sessions per class to those per place. */
function addTo(places: number[], classes: readonly SessionClass[], counts: readonly number[]): void {
  for (let index = 0; index < counts.length; index++) places[classes[index]!.place]! += counts[index]!;
}

/** The cells of two partners' kinds of halves. */
class Cells {
  readonly all: Cell[] = [];
  /** By the numbers of the kinds. */
  private readonly known: (Cell | undefined)[][] = [];

  of(a: number, b: number): Cell | undefined {
    return this.known[a]?.[b];
  }

  add(a: number, b: number, limit: number): Cell {
    const cell = { units: -1, combinations: [], limit };
    (this.known[a] ??= [])[b] = cell;
    this.all.push(cell);
    return cell;
  }
}

/** The second partner's halves by the meetings that they share. */
class Partners {
  /** Those that bind both alike, which go with one set of meetings only; and the others. */
  private readonly alike = new Map<string, HalfKind[]>();
  private readonly others: HalfKind[] = [];
  /** Whether none shares any. */
  private readonly isPlain: boolean;

  constructor(private readonly kinds: readonly HalfKind[]) {
    this.isPlain = kinds.every(({ shared }) => shared === NOT_SHARED);
    if (this.isPlain) return;
    for (const kind of kinds) {
      const same = this.alike.get(kind.shared.key);
      if (!kind.shared.alike) this.others.push(kind);
      else if (same === undefined) this.alike.set(kind.shared.key, [kind]);
      else same.push(kind);
    }
  }

  /** Those with which each partner attends the meetings that the other must share. */
  of({ shared: a }: HalfKind): readonly HalfKind[] {
    if (this.isPlain && a === NOT_SHARED) return this.kinds;
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
