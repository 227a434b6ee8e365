import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { dayCost, togetherUnits } from './day-cost.ts';
import type { Domain } from './domain.ts';
import { DayLimits } from './day-limits.ts';
import { clash, covered } from './pairs.ts';
import { PatternMaker, type Marks, type Pattern } from './pattern.ts';

/** Group sessions of a node, and their cost with that of the forced ones. */
interface Way {
  rows: number[];
  cost: number;
}

/** Patterns of one node, each with another number of sessions per item (or other marks), cheapest per kind; exact. */
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

/** Depth-first search over the sessions of one node, bounded by the best pattern of the same kind found so far. */
class PatternSearch {
  private readonly found = new Map<string, Pattern>();
  private readonly chosen: number[] = [];
  private chosenCount = 0;
  private readonly items: number[];
  private readonly rows: Int32Array[];
  private readonly limits: number[];
  private readonly wanted: number[];
  private readonly order: number[];
  private readonly forcedCost: number;
  /** Least cost for the wanted counts so far, and the sessions that have it. */
  private minimum = Infinity;
  private readonly best: number[] = [];
  private bestCount = 0;
  /** Whether the number of sessions per item says all that the steps ask of a pattern, so that only the cheapest is kept. */
  private readonly plain: boolean;
  /** Per person: clock minutes and number of the day's sessions, for the wanted counts. */
  private readonly dayTotals = [
    { minutes: 0, sessions: 0 },
    { minutes: 0, sessions: 0 },
  ];
  /** Places in the order between which the second person's single individual session is bounded apart; see `secondAlone`. */
  private secondSoloAfter = Infinity;
  private secondPlace = Infinity;
  private second = 0;
  /** Cost of `together` where the one room rules out that individual sessions overlap anything. */
  private aloneBound = 0;
  /** Places of the order that are group items; ways to fill them, by their times; whether these are being collected. */
  private readonly groupPlaces: number;
  private ways: Way[] = [];
  private readonly waysByTimes = new Map<string, Way>();
  private readonly sameTimes: boolean;
  private readonly waysKnown = new Map<string, readonly Way[]>();
  private collecting = false;
  private readonly nodeSpan: { start: number; end: number } | undefined;
  private readonly day: DayLimits;
  private readonly maker: PatternMaker;
  /** Cost of the pairable meetings: both partners' rows of the same meeting must come together. */
  private readonly pairs: boolean;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    private readonly node: number,
    private readonly work: { spent: number },
  ) {
    this.items = domain.items[node]!;
    this.rows = domain.rows[node]!;
    this.day = new DayLimits(problem, household, domain, node);
    this.maker = new PatternMaker(household, marks, node);
    this.limits = this.items.map((item, index) => this.day.most(item, this.rows[index]!));
    this.wanted = this.items.map(() => 0);
    this.order = this.searchOrder();
    this.groupPlaces = this.order.filter((index) => household.roles[household.items[this.items[index]!]!.role]!.kind === 'group').length;
    this.sameTimes = this.hasSameTimes();
    const forced = domain.forced[node]!;
    let cost = 0;
    for (const row of forced) {
      this.chosen[this.chosenCount++] = row;
      cost += domain.cost[row]!;
    }
    this.forcedCost = cost;
    this.plain = !this.maker.marked && !this.maker.orderMatters;
    this.pairs = household.pairing === 'always';
    this.nodeSpan = this.spanOfRows();
  }

  /** Searches every number of sessions per item in turn. */
  *run(): Generator<void, Pattern[]> {
    const last = this.items.length - 1;
    for (;;) {
      if (this.day.allows(this.wanted)) {
        this.prepare();
        this.minimum = Infinity;
        this.searchGroupTimes();
        if (this.minimum < Infinity)
          this.found.set(this.wanted.join(), this.maker.patternOf(this.minimum, this.best.slice(0, this.bestCount)));
        yield;
      }
      let index = last;
      while (index >= 0 && this.wanted[index] === this.limits[index]) this.wanted[index--] = 0;
      if (index < 0) return [...this.found.values()];
      this.wanted[index]! += 1;
    }
  }

  /** Groups first, then joint, then individual sessions: those with the fewest places decide early. */
  private searchOrder(): number[] {
    const { roles, items } = this.household;
    const rank = (index: number): number => {
      const { kind, owner } = roles[items[this.items[index]!]!.role]!;
      return (kind === 'group' ? 0 : kind === 'joint' ? 10 : 20) + (owner === COUPLE ? 0 : owner);
    };
    return this.items.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b);
  }

  /** Cost of `together` in one room: no individual session overlaps a separate one, so each is alone. */
  private aloneCost(): number {
    const { roles, items, oneRoom, together, coLocated } = this.household;
    if (!oneRoom || together !== 'simultaneous' || this.nodeSpan === undefined) return 0;
    if (!covered(coLocated, this.nodeSpan.start, this.nodeSpan.end)) return 0;
    let minutes = 0;
    for (let index = 0; index < this.items.length; index++) {
      const role = roles[items[this.items[index]!]!.role]!;
      if (role.kind === 'individual') minutes += this.wanted[index]! * role.minutes;
    }
    return this.problem.weights.together * Math.ceil(minutes / 15);
  }

  /** From the first start to the last end of the node's rows. */
  private spanOfRows(): { start: number; end: number } | undefined {
    const { start, end } = this.household.candidates;
    let first = Infinity;
    let last = -Infinity;
    for (const rows of this.rows) {
      for (const row of rows) {
        first = Math.min(first, start[row]!);
        last = Math.max(last, end[row]!);
      }
    }
    return first === Infinity ? undefined : { start: first, end: last };
  }

  /** Sets what the bounds of the wanted counts need. */
  private prepare(): void {
    const { roles, items, persons } = this.household;
    this.aloneBound = this.aloneCost();
    for (let person = 0; person < persons.length; person++) {
      const totals = this.dayTotals[person]!;
      totals.minutes = this.day.forced[person]!.presentMinutes;
      totals.sessions = this.day.forced[person]!.sessions;
      for (let index = 0; index < this.items.length; index++) {
        const role = roles[items[this.items[index]!]!.role]!;
        if (role.owner !== person && role.owner !== COUPLE) continue;
        totals.minutes += this.wanted[index]! * role.minutes;
        totals.sessions += this.wanted[index]!;
      }
    }
    const individual = (place: number, person: number): boolean => {
      const role = roles[items[this.items[this.order[place]!]!]!.role]!;
      return role.kind === 'individual' && role.owner === person;
    };
    const places = this.order.map((_, place) => place);
    const seconds = places.filter((place) => individual(place, 1));
    const firsts = places.filter((place) => individual(place, 0));
    const single = firsts.length > 0 && seconds.length === 1 && this.wanted[this.order[seconds[0]!]!] === 1;
    this.secondSoloAfter = single ? firsts[0]! : Infinity;
    this.secondPlace = single ? seconds[0]! : Infinity;
  }

  /**
   * Group sessions first: of all ways to attend at the same times only the cheapest goes on, since what follows sees only when the
   * persons are busy. Ways come cheapest first by what the day must cost with them.
   */
  private searchGroupTimes(): void {
    if (this.groupPlaces === 0) {
      this.choose(0, 0, 0, this.forcedCost);
      return;
    }
    const forced = this.chosenCount;
    const rest = this.remaining(this.groupPlaces, 0, 0);
    const ways = this.waysToAttend().map((way) => {
      this.take(forced, way.rows);
      return { ...way, least: way.cost + rest + this.dayBound(this.groupPlaces - 1) };
    });
    ways.sort((a, b) => a.least - b.least);
    for (const { rows, cost, least } of ways) {
      if (this.plain && least >= this.minimum) break;
      this.take(forced, rows);
      this.choose(this.groupPlaces, 0, 0, cost);
    }
    this.chosenCount = forced;
  }

  /** Group sessions for the wanted numbers of them. */
  private waysToAttend(): readonly Way[] {
    const key = this.order
      .slice(0, this.groupPlaces)
      .map((index) => this.wanted[index])
      .join();
    let ways = this.waysKnown.get(key);
    if (ways === undefined) {
      this.ways = [];
      this.waysByTimes.clear();
      this.collecting = true;
      this.choose(0, 0, 0, this.forcedCost);
      this.collecting = false;
      ways = this.ways;
      this.waysKnown.set(key, ways);
    }
    return ways;
  }

  /** Chooses rows after the forced ones. */
  private take(forced: number, rows: readonly number[]): void {
    rows.forEach((row, index) => (this.chosen[forced + index] = row));
    this.chosenCount = forced + rows.length;
  }

  /** Keeps the chosen group sessions if they are the cheapest at their times; both of a pair must be there. */
  private keepGroupTimes(cost: number): void {
    if (this.pairs && !this.allPaired()) return;
    const rows = this.chosen.slice(this.domain.forced[this.node]!.length, this.chosenCount);
    const key = this.sameTimes ? this.timesOf(rows) : '';
    const known = this.sameTimes ? this.waysByTimes.get(key) : undefined;
    if (known === undefined) {
      const way = { rows, cost };
      this.ways.push(way);
      if (this.sameTimes) this.waysByTimes.set(key, way);
    } else if (cost < known.cost) Object.assign(known, { rows, cost });
  }

  private timesOf(rows: readonly number[]): string {
    const { start, persons } = this.household.candidates;
    return rows
      .map((row) => start[row]! * 4 + persons[row]!)
      .sort((a, b) => a - b)
      .join();
  }

  /** Whether some person could attend two meetings at the same time. */
  private hasSameTimes(): boolean {
    const { start, persons } = this.household.candidates;
    const rows = this.order.slice(0, this.groupPlaces).flatMap((index) => [...this.rows[index]!]);
    return new Set(rows.map((row) => start[row]! * 4 + persons[row]!)).size < rows.length;
  }

  /** Chooses the `nth` session of the item at `place` of the order, from row `from` on. */
  private choose(place: number, nth: number, from: number, cost: number): void {
    if (place === this.groupPlaces && place > 0 && nth === 0 && this.collecting) {
      this.keepGroupTimes(cost);
      return;
    }
    if (place === this.order.length) {
      this.finish(cost);
      return;
    }
    const index = this.order[place]!;
    if (nth === 0 && place === this.secondSoloAfter) this.second = this.secondAlone();
    if (nth === this.wanted[index]!) {
      this.choose(place + 1, 0, 0, cost);
      return;
    }
    const rows = this.rows[index]!;
    const last = rows.length - (this.wanted[index]! - nth);
    for (let at = from; at <= last; at++) {
      const row = rows[at]!;
      const next = cost + this.domain.cost[row]!;
      const rest = this.plain ? this.remaining(place, nth + 1, at + 1) : 0;
      this.work.spent++;
      if (this.plain && next + rest >= this.minimum) return;
      if (!this.fits(row)) continue;
      this.chosen[this.chosenCount++] = row;
      if (!this.plain || next + rest + this.dayBound(place) < this.minimum) this.choose(place, nth + 1, at + 1, next);
      this.chosenCount--;
    }
  }

  /** Least cost of `compact-days` and `together` of the day, from what is chosen and how much is wanted. */
  private dayBound(place: number): number {
    const { weights } = this.problem;
    let bound = 0;
    if (weights.compactDays > 0) {
      for (let person = 0; person < this.household.persons.length; person++) {
        const solo = person === 1 && place >= this.secondSoloAfter && place < this.secondPlace;
        bound += solo ? this.second : weights.compactDays * this.compactBound(person);
      }
    }
    if (this.household.together === 'staggered') bound += weights.together * togetherUnits(this.household, this.chosen, this.chosenCount);
    return bound + this.aloneBound;
  }

  /** Idle quarter hours that a person's chosen sessions already force, given how many there will be. */
  private compactBound(person: number): number {
    const { start, end, present } = this.household.candidates;
    const bit = 1 << person;
    let first = Infinity;
    let last = -Infinity;
    for (let index = 0; index < this.chosenCount; index++) {
      const row = this.chosen[index]!;
      if ((present[row]! & bit) === 0) continue;
      if (start[row]! < first) first = start[row]!;
      if (end[row]! > last) last = end[row]!;
    }
    const { minutes, sessions } = this.dayTotals[person]!;
    return first === Infinity ? 0 : Math.max(0, Math.ceil((last - first - minutes - 10 * (sessions - 1)) / 15));
  }

  /** What the second person's only individual session of the day costs at least, beyond its cheapest row, with what is chosen. */
  private secondAlone(): number {
    const index = this.order[this.secondPlace]!;
    const rows = this.rows[index]!;
    let least = Infinity;
    for (const row of rows) {
      if (this.domain.cost[row]! - this.domain.cost[rows[0]!]! >= least) break;
      if (!this.fits(row)) continue;
      this.chosen[this.chosenCount++] = row;
      const cost = this.domain.cost[row]! - this.domain.cost[rows[0]!]! + this.problem.weights.compactDays * this.compactBound(1);
      this.chosenCount--;
      least = Math.min(least, cost);
    }
    return least;
  }

  /** Least cost of the sessions still to choose, each at the cheapest row left to it. */
  private remaining(place: number, nth: number, from: number): number {
    let cost = 0;
    for (let later = place; later < this.order.length; later++) {
      const index = this.order[later]!;
      const rows = this.rows[index]!;
      const first = later === place ? from : 0;
      const count = this.wanted[index]! - (later === place ? nth : 0);
      for (let each = 0; each < count; each++) cost += this.domain.cost[rows[first + each]!] ?? 0;
    }
    return cost;
  }

  private fits(row: number): boolean {
    for (let index = 0; index < this.chosenCount; index++) {
      if (clash(this.problem, this.household, row, this.chosen[index]!, this.domain.free)) return false;
    }
    return !this.pairs || this.pairFits(row);
  }

  /** The second partner may attend a meeting that both must share only where the first does. */
  private pairFits(row: number): boolean {
    const { pairable, persons, meeting } = this.household.candidates;
    if (pairable[row] === 0 || persons[row] !== 2) return true;
    return this.attended(meeting[row]!, 1);
  }

  private attended(meeting: number, person: number): boolean {
    const { candidates } = this.household;
    for (let index = 0; index < this.chosenCount; index++) {
      if (candidates.meeting[this.chosen[index]!] === meeting && candidates.persons[this.chosen[index]!] === person) return true;
    }
    return false;
  }

  private finish(unary: number): void {
    if (this.pairs && !this.allPaired()) return;
    const cost = unary + dayCost(this.problem, this.household, this.chosen, this.chosenCount);
    if (this.plain) {
      if (cost >= this.minimum) return;
      this.minimum = cost;
      for (let index = 0; index < this.chosenCount; index++) this.best[index] = this.chosen[index]!;
      this.bestCount = this.chosenCount;
      return;
    }
    const key = `${this.wanted.join()}|${this.plain ? '' : this.maker.kindOf(this.chosen.slice(0, this.chosenCount))}`;
    const known = this.found.get(key);
    if (known === undefined || cost < known.cost) this.found.set(key, this.maker.patternOf(cost, this.chosen.slice(0, this.chosenCount)));
  }

  /** Every meeting of the first partner that both must share has the second partner too. */
  private allPaired(): boolean {
    const { pairable, persons, meeting } = this.household.candidates;
    for (let index = 0; index < this.chosenCount; index++) {
      const row = this.chosen[index]!;
      if (pairable[row] === 1 && persons[row] === 1 && !this.attended(meeting[row]!, 2)) return false;
    }
    return true;
  }
}
