import type { Household } from '../../model/problem.ts';
import { agreeIn, hasBit, type Bits } from '../../kernel/bits.ts';
import type { DayLimits } from './day-limits.ts';
import { countsOf, type DayRows, type SessionClass } from './day-rows.ts';
import {
  HalfSearch,
  NO_OVERLAPS,
  overlapCost,
  setsOf,
  type Demand,
  type Half,
  type HalfList,
  type Overlaps,
  type Room,
  type Span,
  type Way,
} from './half-search.ts';
import type { PatternMaker } from './pattern.ts';

/** Joint sessions of a date, before the partners' own. */
export interface Context {
  ids: readonly number[];
  cost: number;
  /** Sessions per class of joint items. */
  counts: readonly number[];
  /** Sessions of the date that clash with one of these. */
  shut: Bits;
}

/** Meetings that both partners should share, of those that a person attends. */
export interface Shared {
  key: string;
  has: readonly number[];
  /** Of these, those that the partner must attend as well. */
  needs: readonly number[];
  /** Whether it must attend all of them. */
  alike: boolean;
}

/** Halves that the steps cannot tell apart but by their cost, nor the partner but by their times. */
export interface HalfKind {
  /** Tells it from other kinds; the same whatever the joint sessions, and the shared meetings, are. */
  id: number;
  /** The choice of how many sessions per class, among those of the person. */
  wanted: number;
  /** Sessions per class of the person. */
  counts: readonly number[];
  shared: Shared;
  /** The ways to attend groups, and a number for how many sessions per class of groups these have. */
  ways: readonly Half[];
  groups: number;
  least: Half;
  /** Halves that cost less than `limit`; about `most` of them. */
  below(limit: number, most: number): HalfList;
  /**
   * The cheapest half below a limit without some more sessions, which `shut` holds as in a context; its cost has that of overlaps with
   * the partner's sessions, if these are told.
   */
  without(shut: Bits, limit?: number, overlaps?: Overlaps): Half | undefined;
}

/** Ways to attend groups with the same shared meetings. */
interface Ways {
  shared: Shared;
  ways: readonly Way[];
}

/** One choice of how many sessions per class. */
export interface Wanted extends Demand {
  counts: readonly number[];
  groups: number;
  ways: readonly Ways[];
}

/** The ways in which one person can spend a date, given the joint sessions. */
export class Halves {
  readonly classes: readonly SessionClass[];
  private readonly groups: readonly SessionClass[];
  private readonly solos: readonly (readonly number[])[];
  readonly wanted: readonly Wanted[];
  private readonly search: HalfSearch;
  /** The person's sessions. */
  readonly own: Bits;
  /** What forced sessions leave to the person, all individual sessions open; and what they take, before these are told. */
  private alone: Room | undefined;
  private standing: Room | undefined;
  /** Kinds by what joint sessions leave to the person. */
  private readonly known: { counts: Context['counts']; room: Room; kinds: HalfKind[] }[] = [];
  private readonly ids = new Map<string, number>();
  private readonly waysKnown = new Map<number, readonly Ways[]>();

  /**
   * @param limits what the date allows; `most` sessions per item of the node
   * @param compact weight of `compact-days`
   */
  constructor(
    private readonly household: Household,
    private readonly day: DayRows,
    private readonly maker: PatternMaker,
    private readonly person: number,
    limits: DayLimits,
    most: readonly number[],
    compact: number,
    private readonly work: { spent: number },
  ) {
    const own = day.classes.filter(({ role }) => role.owner === person);
    this.groups = own.filter(({ role }) => role.kind === 'group');
    this.classes = [...this.groups, ...own.filter(({ role }) => role.kind !== 'group')];
    this.solos = this.classes.slice(this.groups.length).map(({ members }) => members);
    this.wanted = [...countsOf(this.classes, most)]
      .map((counts) => ({ counts, ...this.totalsOf(counts) }))
      .filter(({ minutes }) => limits.holds(person, minutes))
      .map((each) => this.withWays(each));
    this.search = new HalfSearch(day, compact, work);
    this.own = day.bitsOf(this.classes.flatMap(({ members }) => members));
  }

  /** Every kind of half that fits the joint sessions, and has halves below a limit: per choice of how many sessions. */
  kinds(context: Context, limits: (wanted: number) => number): readonly HalfKind[] {
    const room = this.roomOf(context);
    if (this.maker.ordered[this.person]!) {
      return this.kindsIn({ ...room, solos: fitting(this.solos, room.shut) }, context, limits);
    }
    const same = this.known.find(({ counts, room: other }) => counts === context.counts && this.isSame(other, room));
    if (same !== undefined) return same.kinds;
    const kinds = this.kindsIn({ ...room, solos: fitting(this.solos, room.shut) }, context, limits);
    this.known.push({ counts: context.counts, room, kinds });
    return kinds;
  }

  /** Least cost of a choice of how many sessions beside some joint ones, wherever these are; Infinity where there is no way. */
  loosely(wanted: Wanted, joint: { minutes: number; sessions: number }): number {
    const room = (this.alone ??= { ...this.roomOfForced(), solos: this.solos });
    const among = { ...room, minutes: room.minutes + joint.minutes, sessions: room.sessions + joint.sessions };
    let least = Infinity;
    for (const { ways } of wanted.ways) least = this.search.run(among, wanted, ways, least, 1).halves[0]?.cost ?? least;
    return least;
  }

  private kindsIn(room: Room, context: Context, limits: (wanted: number) => number): HalfKind[] {
    const kinds: HalfKind[] = [];
    this.wanted.forEach((wanted, id) => {
      const limit = limits(id);
      for (const ways of limit === -Infinity ? [] : wanted.ways) {
        if (this.maker.ordered[this.person]!) {
          kinds.push(...this.kindsByDraws(room, [...this.day.forced, ...context.ids], wanted, id, ways));
        } else {
          const kind = this.kindOf(room, wanted, ways, id, limit);
          if (kind !== undefined) kinds.push(kind);
        }
      }
    });
    return kinds;
  }

  /** Whether joint sessions leave the same to the person. */
  private isSame(a: Room, b: Room): boolean {
    const times = a.first === b.first && a.last === b.last && a.minutes === b.minutes && a.sessions === b.sessions;
    return times && agreeIn(a.shut, b.shut, this.own);
  }

  private kindOf(room: Room, wanted: Wanted, { shared, ways }: Ways, id: number, limit: number): HalfKind | undefined {
    const { counts, groups } = wanted;
    const least = this.search.run(room, wanted, ways, limit, 1).halves[0];
    if (least === undefined) return undefined;
    let last: { limit: number; most: number; list: HalfList } | undefined;
    const below = (limit: number, most: number): HalfList => {
      if (last === undefined || last.limit < limit || (last.list.full && last.most < most)) {
        last = { limit, most, list: this.search.run(room, wanted, ways, limit, most) };
      }
      return last.list;
    };
    const without = (shut: Bits, limit = Infinity, overlaps?: Overlaps): Half | undefined =>
      this.search.run({ ...room, shut, solos: fitting(room.solos, shut) }, wanted, ways, limit, 1, overlaps).halves[0];
    return { id, wanted: id, counts, shared, ways, groups, least, below, without };
  }

  /** Kinds told apart by the grants that their sessions draw on. */
  private kindsByDraws(room: Room, others: readonly number[], wanted: Wanted, place: number, { shared, ways }: Ways): HalfKind[] {
    const { counts, groups } = wanted;
    const byDraws = new Map<number, Half[]>();
    for (const half of this.search.run(room, wanted, ways, Infinity, Infinity).halves) {
      const rows = [...others, ...half.ids].map((id) => this.day.rows[id]!);
      const id = numberOf(this.ids, `${counts.join()}|${this.maker.drawsOf(this.person, rows).join()}`);
      const same = byDraws.get(id);
      if (same === undefined) byDraws.set(id, [half]);
      else same.push(half);
    }
    return [...byDraws].map(([id, halves]) => ({
      id,
      wanted: place,
      counts,
      shared,
      ways,
      groups,
      least: halves[0]!,
      below: () => ({ halves, full: false, more: false }),
      without: (shut, limit = Infinity, overlaps = NO_OVERLAPS) => cheapestOf(halves, shut, limit, overlaps),
    }));
  }

  private totalsOf(counts: readonly number[]): { minutes: number; sessions: number } {
    let [minutes, sessions] = [0, 0];
    counts.forEach((count, index) => {
      minutes += count * this.classes[index]!.role.minutes;
      sessions += count;
    });
    return { minutes, sessions };
  }

  private withWays(wanted: Pick<Wanted, 'counts' | 'minutes' | 'sessions'>): Wanted {
    const inGroups = wanted.counts.slice(0, this.groups.length);
    const groups = inGroups.reduce((number, count) => number * MOST_SESSIONS + count, 0);
    let ways = this.waysKnown.get(groups);
    if (ways === undefined) this.waysKnown.set(groups, (ways = this.waysOf(inGroups)));
    return { ...wanted, solos: wanted.counts.slice(this.groups.length), groups, ways };
  }

  /** Ways to attend groups, by shared meetings, cheapest first. */
  private waysOf(counts: readonly number[]): Ways[] {
    const byShared = new Map<string, { shared: Shared; ways: Way[] }>();
    for (const ids of setsOf(this.day, this.groups, counts, this.work)) {
      const shared = this.sharedBy(ids);
      const way = { ids, cost: this.day.costOf(ids), ...this.spanOf(ids), bits: this.day.bitsOf(ids), shut: this.day.shutBy(ids) };
      const same = byShared.get(shared.key);
      if (same === undefined) byShared.set(shared.key, { shared, ways: [way] });
      else same.ways.push(way);
    }
    for (const { ways } of byShared.values()) ways.sort((a, b) => a.cost - b.cost);
    return [...byShared.values()];
  }

  /** The shared meetings of some group sessions and of the forced ones. What is forced on the second person needs nobody. */
  private sharedBy(ids: readonly number[]): Shared {
    if (this.household.pairing !== 'always') return NOT_SHARED;
    const { pairable, meeting } = this.household.candidates;
    const own = this.day.forced.filter((id) => this.attends(id));
    const meetingsOf = (some: readonly number[]): number[] => some.map((id) => meeting[this.day.rows[id]!]!);
    const has = meetingsOf([...own, ...ids]).filter((each) => this.day.shared.has(each));
    const bound = [...(this.person === 0 ? own : []), ...ids].filter((id) => pairable[this.day.rows[id]!] === 1);
    const needs = meetingsOf(bound);
    const key = `${has.sort(rising).join()}|${needs.sort(rising).join()}`;
    return { key, has, needs, alike: needs.length === has.length };
  }

  private attends(id: number): boolean {
    return this.household.candidates.persons[this.day.rows[id]!] === 1 << this.person;
  }

  /** What is left beside forced and joint sessions, which both partners attend. */
  private roomOf({ ids, shut }: Pick<Context, 'ids' | 'shut'>): Room {
    const { start, end } = this.day;
    const room = { ...(this.standing ??= this.roomOfForced()), shut, solos: NO_SOLOS };
    for (const id of ids) {
      room.first = Math.min(room.first, start[id]!);
      room.last = Math.max(room.last, end[id]!);
      room.minutes += end[id]! - start[id]!;
      room.sessions++;
    }
    return room;
  }

  private roomOfForced(): Room {
    const present = this.day.forced.filter((id) => this.isPresent(id));
    const minutes = present.reduce((sum, id) => sum + this.day.end[id]! - this.day.start[id]!, 0);
    return { ...this.spanOf(present), shut: this.day.noBits(), solos: NO_SOLOS, minutes, sessions: present.length };
  }

  private spanOf(ids: readonly number[]): Span {
    const span = { first: Infinity, last: -Infinity };
    for (const id of ids) {
      span.first = Math.min(span.first, this.day.start[id]!);
      span.last = Math.max(span.last, this.day.end[id]!);
    }
    return span;
  }

  private isPresent(id: number): boolean {
    return (this.household.candidates.present[this.day.rows[id]!]! & (1 << this.person)) !== 0;
  }
}

/** The cheapest half below a limit that does without what is shut, with the cost of its overlaps. */
function cheapestOf(halves: readonly Half[], shut: Bits, limit: number, overlaps: Overlaps): Half | undefined {
  let best: Half | undefined;
  for (const { ids, cost } of halves) {
    if (ids.some((id) => hasBit(shut, id))) continue;
    const whole =
      cost +
      overlapCost(
        overlaps,
        ids.reduce((sum, id) => sum + (overlaps.minutes[id] ?? 0), 0),
      );
    if (whole < (best?.cost ?? limit)) best = { ids, cost: whole };
  }
  return best;
}

const NO_SOLOS: Room['solos'] = [];
/** No date has as many sessions of a class. */
const MOST_SESSIONS = 64;

const NOT_SHARED: Shared = { key: '|', has: [], needs: [], alike: true };

function rising(a: number, b: number): number {
  return a - b;
}

/** A number for a text, the same at each call. */
function numberOf(known: Map<string, number>, text: string): number {
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}

/** Sessions per class that are not shut. */
function fitting(classes: readonly (readonly number[])[], shut: Bits): readonly (readonly number[])[] {
  return classes.map((members) => members.filter((id) => !hasBit(shut, id)));
}
