import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { DayLimits } from './day-limits.ts';
import { countsOf, DayRows, type SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import { setsOf, type Way } from './half-search.ts';
import { Halves, type Context, type HalfKind, type Wanted } from './halves.ts';
import { looseSideOf, type LooseSide } from './sides.ts';
import { Joiner, type Combination, type Found } from './join.ts';
import type { Marks } from './marks.ts';
import { PatternMaker, type Pattern } from './pattern.ts';
import { TogetherBound } from './together-bound.ts';

/** What makes patterns of one kind, and the fewest units of `together` that these have; Infinity where there are none. */
interface Cell {
  units: number;
  combinations: Combination[];
  /** Patterns that cost as much are of no interest. */
  limit: number;
}

/** What halves (per partner and choice of how many sessions) and patterns (per two of these) must cost less than. */
interface CostRoom {
  ofHalf(person: number, wanted: number): number;
  ofPattern(a: number, b: number): number;
}

const ALL: CostRoom = { ofHalf: () => Infinity, ofPattern: () => Infinity };

/** How much more than its bound a plan may cost, and by how much each entry of a partner's loose side makes it cost more. */
export interface Slack {
  slack: number;
  reduced: readonly Float64Array[];
}

/** No date has more kinds of halves. */
const MOST_KINDS = 1_000_000;
/** Combinations looked at between two yields. */
const PACE = 200;

const NOTHING: Way = { ids: [], cost: 0, first: Infinity, last: -Infinity, bits: new Int32Array(0), shut: new Int32Array(0) };
const NOBODY: HalfKind = {
  id: 0,
  wanted: 0,
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
  private readonly joiner: Joiner;
  /** Kinds of halves that no two of fit together. */
  private readonly hopeless = new Set<string>();
  private readonly bound: TogetherBound;
  private loose: LooseSide[] | undefined;

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

  /** Each partner's sides of the patterns, however the sessions of the others lie: bounds of the sides that there are. */
  looseSides(): LooseSide[] {
    this.loose ??= this.household.persons.map((_, person) => {
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
      return looseSideOf(
        {
          household: this.household,
          domain: this.domain,
          node: this.node,
          person,
          joint: this.joint,
          halves: this.halves[person]!,
          base: this.limits.forced[person]!,
        },
        [...countsOf(this.joint, this.most)],
        least,
      );
    });
    return this.loose;
  }

  /** @param slack how much more than the bounds a plan may cost, and what each entry of the sides costs more; all patterns where it is missing */
  *run(slack?: Slack): Generator<void, Pattern[]> {
    const best = new Map<string, Pattern>();
    let place = 0;
    for (const counts of countsOf(this.joint, this.most)) {
      const room = this.roomFor(slack, place++);
      const cells = new Map<number, Cell>();
      for (const context of this.contexts(counts)) {
        this.combine(context, cells, room);
        yield;
      }
      let looked = 0;
      for (const { combinations, limit } of cells.values()) {
        const pattern = this.cheapest(combinations, limit);
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

  private contexts(counts: readonly number[]): Context[] {
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
    const sides = this.looseSides();
    const at = (person: number, wanted: number): number => joint * this.halves[person]!.wanted.length + wanted;
    const last = this.halves.length - 1;
    return {
      ofHalf: (person, wanted) => {
        const entry = at(person, wanted);
        const over = slack.slack - slack.reduced[person]![entry]!;
        // The last partner's share has joint and forced sessions, which cost as much at least.
        return over > 0 ? sides[person]!.half[entry]! + over : -Infinity;
      },
      ofPattern: (a, b) => {
        const [first, second] = [at(0, a), last === 1 ? at(1, b) : -1];
        const least = sides[0]!.side.cost[first]! + (second < 0 ? 0 : sides[1]!.side.cost[second]!);
        return least + slack.slack - slack.reduced[0]![first]! - (second < 0 ? 0 : slack.reduced[1]![second]!);
      },
    };
  }

  /** Adds what the halves of both partners make under some joint sessions; where partners are independent, only the cheapest. */
  private combine(context: Context, cells: Map<number, Cell>, room: CostRoom): void {
    const [first, second] = this.halves.map((halves, person) => halves.kinds(context, (wanted) => room.ofHalf(person, wanted)));
    const partners = new Partners(second ?? [NOBODY]);
    for (const a of first!) {
      for (const b of partners.of(a)) {
        const key = a.id * MOST_KINDS + b.id;
        let cell = cells.get(key);
        if (cell === undefined)
          cells.set(key, (cell = { units: this.unitsOf(context, a, b), combinations: [], limit: room.ofPattern(a.wanted, b.wanted) }));
        const least = context.cost + a.least.cost + b.least.cost + this.together * cell.units;
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

  /** The cheapest pattern of some combinations, if it costs less than a limit. */
  private cheapest(combinations: Combination[], limit: number): Pattern | undefined {
    combinations.sort((a, b) => a.least - b.least);
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
