import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { dayCost, togetherUnits } from './day-cost.ts';
import type { Domain } from './domain.ts';
import { clash, covered } from './pairs.ts';

/** What a household does in one node: the cheapest sessions for one choice of how many of each item. */
export interface Pattern {
  cost: number;
  /** Candidates, forced ones first. */
  rows: Int32Array;
  /** Items with sessions that count as care, and how many. */
  items: number[];
  counts: number[];
  /** The same by item, 0 for the others. */
  byItem: Uint8Array;
  /** Per person: credited minutes, whether it has a session, whether the date is a service day. */
  credit: [number, number];
  has: [boolean, boolean];
  service: [boolean, boolean];
  /** Per person with grants: services of its sessions in order of start, -1 - service for facts and locked ones. */
  draws: [readonly number[], readonly number[]];
  /** Joint sessions held. */
  joint: number;
  /** Bits per role of `Marks`, or undefined where none are kept. */
  marks: Int32Array | undefined;
}

/** Therapists that must be told apart in roles that may change therapist: a bit for each, per role. */
export interface Marks {
  roles: number[];
  /** Per role of the household: therapist to bit, or undefined. */
  bits: (Map<number, number> | undefined)[];
}

/** Group sessions of a node, and their cost with that of the forced ones. */
interface Way {
  rows: number[];
  cost: number;
}

/** A person's forced sessions of a node: clock minutes, and of those attended minutes, credit and number. */
interface ForcedSums {
  minutes: number;
  credit: number;
  presentMinutes: number;
  sessions: number;
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
  private readonly marked: boolean;
  /** Whether the order of sessions decides which grant they draw on. */
  private readonly orderMatters: boolean;
  private readonly dailyMax: [number, number];
  private readonly lesserForbidden: [boolean, boolean];
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
  /** Per person: clock and credited minutes of forced sessions. */
  private readonly forcedSums: ForcedSums[];
  /** Cost of the pairable meetings: both partners' rows of the same meeting must come together. */
  private readonly pairs: boolean;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    private readonly marks: Marks,
    private readonly node: number,
    private readonly work: { spent: number },
  ) {
    this.items = domain.items[node]!;
    this.rows = domain.rows[node]!;
    this.limits = this.items.map((item, index) => this.limitOf(item, this.rows[index]!));
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
    this.orderMatters = household.persons.some((_, person) => this.grantsCompete(person));
    this.plain = marks.roles.length === 0 && !this.orderMatters;
    this.marked = marks.roles.length > 0;
    this.pairs = household.pairing === 'always';
    this.dailyMax = [this.hour('dailyMax', 0, Infinity), this.hour('dailyMax', 1, Infinity)];
    this.lesserForbidden = [this.hour('lesserForbidden', 0, 0) === 1, this.hour('lesserForbidden', 1, 0) === 1];
    this.nodeSpan = this.spanOfRows();
    this.forcedSums = household.persons.map((_, person) => this.sumForced(person));
  }

  /** Searches every number of sessions per item in turn. */
  *run(): Generator<void, Pattern[]> {
    const last = this.items.length - 1;
    for (;;) {
      if (this.withinDay()) {
        this.prepare();
        this.minimum = Infinity;
        this.searchGroupTimes();
        if (this.minimum < Infinity) this.found.set(this.wanted.join(), this.patternOf(this.minimum, this.best.slice(0, this.bestCount)));
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

  private limitOf(item: number, rows: Int32Array): number {
    const { maxPerDay, blockMax } = this.household.items[item]!;
    const week = this.household.candidates.week[rows[0]!]!;
    const forced = this.domain.forced[this.node]!.reduce(
      (sum, row) => sum + (this.household.candidates.item[row] === item && this.household.candidates.counts[row] === 1 ? 1 : 0),
      0,
    );
    return Math.max(0, Math.min(maxPerDay - forced, blockMax[week]! - forced, mostDisjoint(this.household, rows), this.mostMeetings(rows)));
  }

  /** Most meetings of a week among the rows, by what their groups hold. */
  private mostMeetings(rows: Int32Array): number {
    const groups = new Set<number>();
    for (const row of rows) {
      const meeting = this.household.candidates.meeting[row]!;
      if (meeting < 0) return Infinity;
      groups.add(this.problem.meetings[meeting]!.group);
    }
    let most = 0;
    for (const group of groups) most += this.problem.groups[group]!.weeklyCount;
    return most;
  }

  /** Whether the wanted counts agree with each person's daily maximum and, where lesser days are forbidden, make a service day. */
  private withinDay(): boolean {
    const { persons, roles, items } = this.household;
    for (let person = 0; person < persons.length; person++) {
      const base = this.forcedSums[person]!;
      let minutes = base.minutes;
      let credit = base.credit;
      let planned = 0;
      for (let index = 0; index < this.items.length; index++) {
        const role = roles[items[this.items[index]!]!.role]!;
        if (role.owner !== person && role.owner !== COUPLE) continue;
        planned += this.wanted[index]!;
        minutes += this.wanted[index]! * role.minutes;
        credit += this.wanted[index]! * role.credit;
      }
      if (planned === 0) continue;
      if (minutes > this.dailyMax[person as 0 | 1]) return false;
      if (this.lesserForbidden[person as 0 | 1] && credit < this.hour('serviceMinutes', person, 1)) return false;
    }
    return true;
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
      totals.minutes = this.forcedSums[person]!.presentMinutes;
      totals.sessions = this.forcedSums[person]!.sessions;
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

  private sumForced(person: number): ForcedSums {
    const { candidates, roles } = this.household;
    const bit = 1 << person;
    const sums = { minutes: 0, credit: 0, presentMinutes: 0, sessions: 0 };
    for (const row of this.domain.forced[this.node]!) {
      const minutes = candidates.end[row]! - candidates.start[row]!;
      if ((candidates.persons[row]! & bit) !== 0) sums.minutes += minutes;
      if ((candidates.present[row]! & bit) === 0) continue;
      sums.credit += roles[candidates.role[row]!]!.credit;
      sums.presentMinutes += minutes;
      sums.sessions++;
    }
    return sums;
  }

  private hour(table: 'dailyMax' | 'serviceMinutes' | 'lesserForbidden', person: number, none: number): number {
    return this.household.persons[person]?.hours[table][this.weekOfNode(person)] ?? none;
  }

  /** The person's week of this node, 0 outside the horizon's weeks. */
  private weekOfNode(person: number): number {
    return this.household.nodeWeek[person as 0 | 1][this.node]!;
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
    const key = this.kindOf();
    const known = this.found.get(key);
    if (known === undefined || cost < known.cost) this.found.set(key, this.patternOf(cost, this.chosen.slice(0, this.chosenCount)));
  }

  /** What else than the number of sessions the steps can tell about the chosen sessions. */
  private kindOf(): string {
    let key = this.wanted.join();
    if (this.marked) key += `|${this.marksOf(this.chosen, this.chosenCount).join()}`;
    if (!this.orderMatters) return key;
    const chosen = this.chosen.slice(0, this.chosenCount);
    return `${key}|${this.drawsOf(0, chosen).join()};${this.drawsOf(1, chosen).join()}`;
  }

  /** Whether sessions of the date that different grants cover compete for a grant, so that their order decides which one they draw on. */
  private grantsCompete(person: number): boolean {
    const grants = this.household.persons[person]!.authorizations;
    if (grants.length < 2) return false;
    const day = this.household.nodeDay[person as 0 | 1][this.node]!;
    const valid = grants.filter((grant) => day >= grant.from && day <= grant.to);
    const services = new Set(valid.flatMap((grant) => grant.services));
    const covers = [...services].map((service) => valid.map((grant) => grant.services.includes(service)));
    return covers.some((a) => covers.some((b) => a.some((on, at) => on && b[at]) && a.some((on, at) => on !== b[at])));
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

  /** Sums of the chosen sessions. */
  private patternOf(cost: number, chosen: readonly number[]): Pattern {
    const { candidates, roles, persons } = this.household;
    const pattern: Pattern = {
      cost,
      rows: Int32Array.from(chosen),
      items: [],
      counts: [],
      byItem: new Uint8Array(this.household.items.length),
      credit: [0, 0],
      has: [false, false],
      service: [false, false],
      draws: [this.drawsOf(0, chosen), this.drawsOf(1, chosen)],
      joint: 0,
      marks: this.marked ? this.marksOf(chosen, chosen.length) : undefined,
    };
    for (const row of pattern.rows) {
      const role = roles[candidates.role[row]!]!;
      for (let person = 0; person < persons.length; person++) {
        if ((candidates.present[row]! & (1 << person)) === 0) continue;
        pattern.credit[person as 0 | 1] += role.credit;
        pattern.has[person as 0 | 1] = true;
      }
      if (candidates.counts[row] === 0) continue;
      if (role.owner === COUPLE) pattern.joint++;
      if (candidates.item[row]! < 0) continue;
      pattern.byItem[candidates.item[row]!]! += 1;
      const at = pattern.items.indexOf(candidates.item[row]!);
      if (at >= 0) pattern.counts[at]!++;
      else {
        pattern.items.push(candidates.item[row]!);
        pattern.counts.push(1);
      }
    }
    for (let person = 0; person < persons.length; person++) {
      const who = person as 0 | 1;
      pattern.service[who] = pattern.has[who] && pattern.credit[who] >= this.hour('serviceMinutes', person, 1);
    }
    return pattern;
  }

  private drawsOf(person: number, chosen: readonly number[]): number[] {
    const grants = this.household.persons[person]?.authorizations ?? [];
    if (grants.length === 0) return [];
    const { candidates, roles } = this.household;
    const drawing = chosen
      .filter((row) => (candidates.present[row]! & (1 << person)) !== 0)
      .sort((a, b) => candidates.start[a]! - candidates.start[b]!)
      .map((row) => ({ service: roles[candidates.role[row]!]!.service, forced: candidates.forced[row] !== 0 }))
      .filter(({ service }) => grants.some((grant) => grant.services.includes(service)));
    return drawing.map(({ service, forced }) => (forced ? -1 - service : service));
  }

  /** Per marked role: bits of the therapists whom the sessions meet. */
  private marksOf(chosen: readonly number[], count: number): Int32Array {
    const { candidates } = this.household;
    const marks = new Int32Array(this.marks.roles.length);
    for (let index = 0; index < count; index++) {
      const row = chosen[index]!;
      if (candidates.counts[row] === 0) continue;
      const bit = this.marks.bits[candidates.role[row]!]?.get(candidates.therapist[row]!);
      if (bit !== undefined) marks[this.marks.roles.indexOf(candidates.role[row]!)]! |= 1 << bit;
    }
    return marks;
  }
}

/** Most of the rows that can follow each other without overlap: always the one that ends first. */
function mostDisjoint(household: Household, rows: Int32Array): number {
  const { start, end } = household.candidates;
  const byEnd = [...rows].sort((a, b) => end[a]! - end[b]!);
  let free = -Infinity;
  let count = 0;
  for (const row of byEnd) {
    if (start[row]! < free) continue;
    free = end[row]!;
    count++;
  }
  return count;
}
