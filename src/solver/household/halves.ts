import type { Household } from '../../model/problem.ts';
import { addBit, hasBit, type Bits } from '../../kernel/bits.ts';
import type { CountLists, Wanted } from './counts.ts';
import type { DayLimits } from './day-limits.ts';
import type { DayRows, SessionClass } from './day-rows.ts';
import {
  HalfSearch,
  NO_OVERLAPS,
  overlapCost,
  setsOf,
  type Half,
  type HalfList,
  type Overlaps,
  type Room,
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

/** What the halves of a date are made from. */
interface HalvesSetting {
  household: Household;
  day: DayRows;
  maker: PatternMaker;
  limits: DayLimits;
  /** Most sessions per item of the node. */
  most: readonly number[];
  /** Weight of `compact-days`. */
  compact: number;
  lists: CountLists;
  work: { spent: number };
}

/** The ways in which one person can spend a date, given the joint sessions. */
export class Halves {
  readonly classes: readonly SessionClass[];
  readonly wanted: readonly Wanted[];
  private readonly household: Household;
  private readonly day: DayRows;
  private readonly groups: readonly SessionClass[];
  /** Numbers of group sessions of the choices, and the ways to have these. */
  private readonly groupCounts: readonly (readonly number[])[];
  private readonly ways: (readonly Ways[] | undefined)[] = [];
  private readonly search: HalfSearch;
  /** What forced sessions take. */
  private readonly standing: Room;
  private readonly ids = new Map<string, number>();

  constructor(
    private readonly setting: HalvesSetting,
    private readonly person: number,
  ) {
    const { household, day, limits, most, compact, lists, work } = setting;
    this.household = household;
    this.day = day;
    const own = day.classes.filter(({ role }) => role.owner === person);
    this.groups = own.filter(({ role }) => role.kind === 'group');
    this.classes = this.groups.length === 0 ? own : [...this.groups, ...own.filter(({ role }) => role.kind !== 'group')];
    const { wanted, groups } = lists.of(this.classes, most, limits.minutesLeft(person));
    this.wanted = wanted;
    this.groupCounts = groups;
    const solos = this.classes.slice(this.groups.length).map(({ members }) => members);
    this.search = new HalfSearch(day, solos, compact, work);
    this.standing = this.roomOfForced();
  }

  /** The person's sessions. */
  get own(): Bits {
    const bits = this.day.noBits();
    for (const { members } of this.classes) for (const id of members) addBit(bits, id);
    return bits;
  }

  /** Every kind of half that fits the joint sessions, and has halves below a limit: per choice of how many sessions. */
  kinds(context: Context, limits: (wanted: number) => number): HalfKind[] {
    const room = this.roomOf(context);
    const kinds: HalfKind[] = [];
    for (let id = 0; id < this.wanted.length; id++) {
      const wanted = this.wanted[id]!;
      const limit = limits(id);
      if (limit === -Infinity) continue;
      for (const ways of this.waysOf(wanted.groups)) {
        if (this.setting.maker.ordered[this.person]!) {
          kinds.push(...this.kindsByDraws(room, [...this.day.forced, ...context.ids], wanted, id, ways));
          continue;
        }
        const least = this.search.run(room, wanted, ways.ways, limit, 1).halves[0];
        if (least !== undefined) kinds.push(new RoomKind(id, wanted, ways, least, room, this.search));
      }
    }
    return kinds;
  }

  /** Least cost of a choice of how many sessions beside some joint ones, wherever these are; Infinity where there is no way. */
  loosely(wanted: Wanted, joint: { minutes: number; sessions: number }): number {
    const room = this.standing;
    const among = { ...room, minutes: room.minutes + joint.minutes, sessions: room.sessions + joint.sessions };
    let least = Infinity;
    for (const { ways } of this.waysOf(wanted.groups)) least = this.search.run(among, wanted, ways, least, 1).halves[0]?.cost ?? least;
    return least;
  }

  /** Kinds told apart by the grants that their sessions draw on. */
  private kindsByDraws(room: Room, others: readonly number[], wanted: Wanted, place: number, { shared, ways }: Ways): HalfKind[] {
    const { counts, groups } = wanted;
    const byDraws = new Map<number, Half[]>();
    for (const half of this.search.run(room, wanted, ways, Infinity, Infinity).halves) {
      const rows = [...others, ...half.ids].map((id) => this.day.rows[id]!);
      const id = numberOf(this.ids, `${counts.join()}|${this.setting.maker.drawsOf(this.person, rows).join()}`);
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

  /** Ways to attend groups, by shared meetings, cheapest first. */
  private waysOf(groups: number): readonly Ways[] {
    return (this.ways[groups] ??= this.allWays(this.groupCounts[groups]!));
  }

  private allWays(counts: readonly number[]): Ways[] {
    const always = this.household.pairing === 'always';
    if (!always && !counts.some((count) => count > 0)) return NO_GROUPS;
    const byShared = new Map<string, { shared: Shared; ways: Way[] }>();
    for (const ids of setsOf(this.day, this.groups, counts, this.setting.work)) {
      const shared = always ? this.sharedBy(ids) : NOT_SHARED;
      const way = this.wayOf(ids);
      const same = byShared.get(shared.key);
      if (same === undefined) byShared.set(shared.key, { shared, ways: [way] });
      else same.ways.push(way);
    }
    for (const { ways } of byShared.values()) ways.sort((a, b) => a.cost - b.cost);
    return [...byShared.values()];
  }

  /** The shared meetings of some group sessions and of the forced ones. */
  private sharedBy(ids: readonly number[]): Shared {
    const { pairable, meeting } = this.household.candidates;
    const own = this.day.forced.filter((id) => this.attends(id));
    const meetingsOf = (some: readonly number[]): number[] => some.map((id) => meeting[this.day.rows[id]!]!);
    const all = [...own, ...ids];
    const has = meetingsOf(all).filter((each) => this.day.shared.has(each));
    const needs = meetingsOf(all.filter((id) => pairable[this.day.rows[id]!] === 1));
    const key = `${has.sort(rising).join()}|${needs.sort(rising).join()}`;
    return { key, has, needs, alike: needs.length === has.length };
  }

  private attends(id: number): boolean {
    return this.household.candidates.persons[this.day.rows[id]!] === 1 << this.person;
  }

  /** What is left beside forced and joint sessions, which both partners attend. */
  private roomOf({ ids, shut }: Pick<Context, 'ids' | 'shut'>): Room {
    const { first, last, minutes, sessions } = this.standing;
    const room = { first, last, shut, minutes, sessions };
    for (const id of ids) this.take(room, id);
    return room;
  }

  private roomOfForced(): Room {
    const room: Room = { first: Infinity, last: -Infinity, shut: this.day.noBits(), minutes: 0, sessions: 0 };
    for (const id of this.day.forced) if (this.isPresent(id)) this.take(room, id);
    return room;
  }

  /** Notes that a session takes its time and place. */
  private take(room: Room, id: number): void {
    const [start, end] = [this.day.start[id]!, this.day.end[id]!];
    if (start < room.first) room.first = start;
    if (end > room.last) room.last = end;
    room.minutes += end - start;
    room.sessions++;
  }

  /** Some group sessions as a way. */
  private wayOf(ids: readonly number[]): Way {
    const way = { ids, cost: this.day.costOf(ids), first: Infinity, last: -Infinity };
    for (const id of ids) {
      if (this.day.start[id]! < way.first) way.first = this.day.start[id]!;
      if (this.day.end[id]! > way.last) way.last = this.day.end[id]!;
    }
    return way;
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

export const NOT_SHARED: Shared = { key: '|', has: [], needs: [], alike: true };
const NO_GROUPS: Ways[] = [{ shared: NOT_SHARED, ways: [{ ids: [], cost: 0, first: Infinity, last: -Infinity }] }];

/** Halves of one choice of how many sessions, in what joint and forced sessions leave. */
class RoomKind implements HalfKind {
  private last: { limit: number; most: number; list: HalfList } | undefined;

  constructor(
    readonly id: number,
    private readonly demand: Wanted,
    private readonly group: Ways,
    readonly least: Half,
    private readonly room: Room,
    private readonly search: HalfSearch,
  ) {}

  get wanted(): number {
    return this.id;
  }

  get counts(): readonly number[] {
    return this.demand.counts;
  }

  get groups(): number {
    return this.demand.groups;
  }

  get shared(): Shared {
    return this.group.shared;
  }

  get ways(): readonly Way[] {
    return this.group.ways;
  }

  below(limit: number, most: number): HalfList {
    let { last } = this;
    if (last === undefined || last.limit < limit || (last.list.full && last.most < most)) {
      this.last = last = { limit, most, list: this.search.run(this.room, this.demand, this.group.ways, limit, most) };
    }
    return last.list;
  }

  without(shut: Bits, limit = Infinity, overlaps?: Overlaps): Half | undefined {
    return this.search.run({ ...this.room, shut }, this.demand, this.group.ways, limit, 1, overlaps).halves[0];
  }
}

function rising(a: number, b: number): number {
  return a - b;
}

/** A number for a text, the same at each call. */
function numberOf(known: Map<string, number>, text: string): number {
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}
