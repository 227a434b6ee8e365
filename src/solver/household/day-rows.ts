import type { Household, Problem, Role } from '../../model/problem.ts';
import { addBit, wordsFor, type Bits } from '../../kernel/bits.ts';
import { isLate } from './dates.ts';
import type { Domain } from './domain.ts';
import { clash } from './pairs.ts';
import type { Marks } from './marks.ts';

/** Sessions of one item that the steps cannot tell apart: those of one date, with one marked therapist or all where none is marked. */
export interface SessionClass {
  /** Place of the item among the node's items. */
  place: number;
  role: Role;
  /** Cheapest first; without those that others can stand for. */
  members: readonly number[];
  /** Whether they are of the date that follows the node's; see `isLate`. */
  late: boolean;
}

/** The sessions of one node under a domain, numbered from 0: forced ones first, then item by item. */
export class DayRows {
  /** Rows of the household's candidates. */
  readonly rows: readonly number[];
  readonly forced: readonly number[];
  readonly classes: readonly SessionClass[];
  readonly cost: readonly number[];
  readonly start: readonly number[];
  readonly end: readonly number[];
  /** Meetings that one partner may attend only if the other does. */
  readonly shared: ReadonlySet<number>;
  /** Words of a set of sessions. */
  readonly words: number;
  /** Session by session: those that cannot be beside it. */
  private readonly clashes: Int32Array;
  private readonly asked: Bits;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    node: number,
  ) {
    const rows = domain.forced[node]!.slice();
    const { pairable, meeting, start, end } = household.candidates;
    const members = domain.rows[node]!.map((list) => list.map((row) => rows.push(row) - 1));
    this.rows = rows;
    this.forced = domain.forced[node]!.map((_, id) => id);
    this.cost = rows.map((row) => domain.cost[row]!);
    this.start = rows.map((row) => start[row]!);
    this.end = rows.map((row) => end[row]!);
    this.words = wordsFor(rows.length);
    this.clashes = this.allClashes();
    this.asked = this.noBits();
    this.shared = rows.some((row) => pairable[row] === 1)
      ? new Set(rows.filter((row) => pairable[row] === 1).map((row) => meeting[row]!))
      : NOTHING_SHARED;
    const lesser = this.lesserMeetings();
    const open = lesser.size === 0 ? members : members.map((ids) => ids.filter((id) => !lesser.has(id)));
    this.classes = open.flatMap((ids, place) => (ids.length === 0 ? [] : this.classesOf(ids, place, marks)));
  }

  /** Whether two sessions cannot both be. */
  clash(a: number, b: number): boolean {
    return (this.clashes[a * this.words + (b >> 5)]! & (1 << (b & 31))) !== 0;
  }

  /** Whether a session clashes with one of some others. */
  clashesAny(id: number, others: readonly number[]): boolean {
    for (let at = 0; at < others.length; at++) if (this.clash(id, others[at]!)) return true;
    return false;
  }

  /** Whether some session clashes with one of some others. */
  clashAny(ids: readonly number[], others: readonly number[]): boolean {
    for (let at = 0; at < ids.length; at++) if (this.clashesAny(ids[at]!, others)) return true;
    return false;
  }

  /** Sum of the sessions' costs. */
  costOf(ids: readonly number[]): number {
    let cost = 0;
    for (let at = 0; at < ids.length; at++) cost += this.cost[ids[at]!]!;
    return cost;
  }

  /** An empty set of the day's sessions. */
  noBits(): Bits {
    return new Int32Array(this.words);
  }

  bitsOf(ids: readonly number[]): Bits {
    const bits = this.noBits();
    for (const id of ids) addBit(bits, id);
    return bits;
  }

  /** Adds all sessions that clash with one. */
  addClashes(bits: Bits, id: number): void {
    const { clashes, words } = this;
    for (let word = 0, from = id * words; word < words; word++) bits[word]! |= clashes[from + word]!;
  }

  /** All sessions that clash with one of some. */
  shutBy(ids: readonly number[]): Bits {
    const bits = this.noBits();
    for (let at = 0; at < ids.length; at++) this.addClashes(bits, ids[at]!);
    return bits;
  }

  /** Looks closer only at sessions near each other in time: no others clash. */
  private allClashes(): Int32Array {
    const { rows, start, end, words } = this;
    const { candidates, roles } = this.household;
    const { persons, role } = candidates;
    const near = rows.map((row, id) => end[id]! + roles[role[row]!]!.buffer);
    const clashes = new Int32Array(rows.length * words);
    for (let a = 0; a < rows.length; a++) {
      for (let b = a + 1; b < rows.length; b++) {
        if (start[b]! >= near[a]! || start[a]! >= near[b]!) continue;
        const inTwoPlaces = start[b]! < end[a]! && start[a]! < end[b]! && (persons[rows[a]!]! & persons[rows[b]!]!) !== 0;
        if (!inTwoPlaces && !clash(this.problem, this.household, rows[a]!, rows[b]!, this.domain.free)) continue;
        clashes[a * words + (b >> 5)]! |= 1 << (b & 31);
        clashes[b * words + (a >> 5)]! |= 1 << (a & 31);
      }
    }
    return clashes;
  }

  private classesOf(ids: readonly number[], place: number, marks: Marks): SessionClass[] {
    const { candidates, roles } = this.household;
    const index = candidates.role[this.rows[ids[0]!]!]!; // an item's sessions have one role
    const told = marks.bits[index];
    const classes: (SessionClass & { members: number[]; bit: number | undefined })[] = [];
    for (const id of ids) {
      if (this.clashesAny(id, this.forced)) continue;
      const bit = told?.get(candidates.therapist[this.rows[id]!]!);
      const late = isLate(this.household, this.rows[id]!);
      const same = classes.find((each) => each.bit === bit && each.late === late);
      if (same === undefined) classes.push({ place, role: roles[index]!, members: [id], bit, late });
      else if (!this.isDominated(id, same.members)) same.members.push(id);
    }
    return classes;
  }

  /**
   * Whether a session of a class can be left out for one of the same time that costs no more and clashes with nothing else. The meetings
   * that partners should share, or are better off sharing, stay.
   */
  private isDominated(id: number, cheaper: readonly number[]): boolean {
    const { start, end } = this;
    for (let at = 0; at < cheaper.length; at++) {
      const other = cheaper[at]!;
      if (start[other] !== start[id] || end[other] !== end[id]) continue;
      if (this.mustStay(id)) return false;
      if (!this.shared.has(this.meetingOf(other)) && this.clashesWithin(other, id, this.only(id, other))) return true;
    }
    return false;
  }

  private mustStay(id: number): boolean {
    const { meeting, persons } = this.household.candidates;
    const row = this.rows[id]!;
    if (meeting[row]! < 0) return false;
    if (this.shared.has(meeting[row]!)) return true;
    const isPartners = (other: number): boolean => meeting[other] === meeting[row] && persons[other] !== persons[row];
    return this.household.together === 'staggered' && this.rows.some(isPartners);
  }

  /**
   * Sessions of both partners at meetings that they must share and for which another one of the same items and time can stand: it costs
   * them no more together, and clashes with nothing else.
   */
  private lesserMeetings(): ReadonlySet<number> {
    const lesser = new Set<number>();
    const kept = new Map<number, [number, number][]>();
    for (const pair of this.sharedPairs()) {
      const others = kept.get(this.start[pair[0]]!) ?? [];
      if (others.some((other) => this.standsFor(other, pair))) pair.forEach((id) => lesser.add(id));
      else kept.set(this.start[pair[0]]!, [...others, pair]);
    }
    return lesser;
  }

  /** Sessions of the first and the second partner at meetings that they can only attend together, the cheapest first. */
  private sharedPairs(): [number, number][] {
    if (this.shared.size === 0) return [];
    const { pairable, persons, booking } = this.household.candidates;
    const first = new Map<number, number>();
    const pairs: [number, number][] = [];
    for (let id = this.forced.length; id < this.rows.length; id++) {
      const row = this.rows[id]!;
      if (pairable[row] === 1 && persons[row] === 1 && booking[row]! < 0) first.set(this.meetingOf(id), id);
    }
    for (let id = this.forced.length; id < this.rows.length; id++) {
      const row = this.rows[id]!;
      const partner = first.get(this.meetingOf(id));
      if (partner === undefined || pairable[row] !== 1 || persons[row] !== 2 || booking[row]! >= 0) continue;
      if (!this.clashesAny(id, this.forced) && !this.clashesAny(partner, this.forced)) pairs.push([partner, id]);
    }
    const cost = (pair: readonly number[]): number => this.costOf(pair);
    return pairs.sort((a, b) => cost(a) - cost(b) || this.meetingOf(a[0]) - this.meetingOf(b[0]));
  }

  /** Whether what clashes with the one pair of sessions, but for the two pairs, clashes with the other, of the same start, too. */
  private standsFor(one: readonly [number, number], other: readonly [number, number]): boolean {
    const { item } = this.household.candidates;
    const besides = this.only(...one, ...other);
    // Those of one item last as long.
    return one.every((id, person) => {
      const stead = other[person]!;
      return item[this.rows[id]!] === item[this.rows[stead]!] && this.clashesWithin(id, stead, besides);
    });
  }

  /** Some sessions as a set that holds until the next one is asked for. */
  private only(...ids: readonly number[]): Bits {
    this.asked.fill(0);
    for (const id of ids) addBit(this.asked, id);
    return this.asked;
  }

  private meetingOf(id: number): number {
    return this.household.candidates.meeting[this.rows[id]!]!;
  }

  /** Whether all that clashes with a session, but for `besides`, clashes with another one too. */
  private clashesWithin(id: number, other: number, besides: Bits): boolean {
    const { clashes, words } = this;
    for (let word = 0; word < words; word++) {
      if ((clashes[id * words + word]! & ~clashes[other * words + word]! & ~besides[word]!) !== 0) return false;
    }
    return true;
  }
}

const NOTHING_SHARED: ReadonlySet<number> = new Set();
