import type { Household, Problem, Role } from '../../model/problem.ts';
import { addAll, addBit, hasBit, isWithin, wordsFor, type Bits } from '../../kernel/bits.ts';
import type { Domain } from './domain.ts';
import { clash } from './pairs.ts';
import type { Marks } from './marks.ts';

/** Sessions of one item that the steps cannot tell apart: those with one marked therapist, or all where none is marked. */
export interface SessionClass {
  /** Place of the item among the node's items. */
  place: number;
  role: Role;
  /** Cheapest first; without those that others can stand for. */
  members: readonly number[];
}

/** The sessions of one node under a domain, numbered from 0: forced ones first, then item by item. */
export class DayRows {
  /** Rows of the household's candidates. */
  readonly rows: readonly number[];
  readonly forced: readonly number[];
  readonly classes: readonly SessionClass[];
  readonly cost: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Meetings that one partner may attend only if the other does. */
  readonly shared: ReadonlySet<number>;
  /** Per session: those that cannot be beside it. */
  readonly clashes: readonly Bits[];

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    marks: Marks,
    node: number,
  ) {
    const rows = [...domain.forced[node]!];
    this.forced = rows.map((_, id) => id);
    const members = domain.rows[node]!.map((list) => Array.from(list, (row) => rows.push(row) - 1));
    const { pairable, meeting, start, end } = household.candidates;
    this.rows = rows;
    this.cost = Float64Array.from(rows, (row) => domain.cost[row]!);
    this.start = Int32Array.from(rows, (row) => start[row]!);
    this.end = Int32Array.from(rows, (row) => end[row]!);
    this.clashes = this.allClashes();
    this.shared = new Set(rows.filter((row) => pairable[row] === 1).map((row) => meeting[row]!));
    this.classes = members.flatMap((ids, place) => this.classesOf(ids, place, marks));
  }

  /** Whether two sessions cannot both be. */
  clash(a: number, b: number): boolean {
    return hasBit(this.clashes[a]!, b);
  }

  /** Whether a session clashes with one of some others. */
  clashesAny(id: number, others: readonly number[]): boolean {
    const bits = this.clashes[id]!;
    for (const other of others) if (hasBit(bits, other)) return true;
    return false;
  }

  /** Whether some session clashes with one of some others. */
  clashAny(ids: readonly number[], others: readonly number[]): boolean {
    for (const id of ids) if (this.clashesAny(id, others)) return true;
    return false;
  }

  /** Sum of the sessions' costs. */
  costOf(ids: readonly number[]): number {
    let cost = 0;
    for (const id of ids) cost += this.cost[id]!;
    return cost;
  }

  /** An empty set of the day's sessions. */
  noBits(): Bits {
    return new Int32Array(wordsFor(this.rows.length));
  }

  bitsOf(ids: readonly number[]): Bits {
    const bits = this.noBits();
    for (const id of ids) addBit(bits, id);
    return bits;
  }

  /** All sessions that clash with one of some. */
  shutBy(ids: readonly number[]): Bits {
    const bits = this.noBits();
    for (const id of ids) addAll(bits, this.clashes[id]!);
    return bits;
  }

  /** Looks only at sessions near each other in time: no others clash. */
  private allClashes(): Bits[] {
    const { rows, start, end } = this;
    const { candidates, roles } = this.household;
    const persons = Uint8Array.from(rows, (row) => candidates.persons[row]!);
    const near = Int32Array.from(rows, (row, id) => end[id]! + roles[candidates.role[row]!]!.buffer);
    const byStart = Int32Array.from(rows.keys()).sort((a, b) => start[a]! - start[b]!);
    const bits = rows.map(() => this.noBits());
    for (let at = 0; at < byStart.length; at++) {
      const a = byStart[at]!;
      for (let after = at + 1; after < byStart.length && start[byStart[after]!]! < near[a]!; after++) {
        const b = byStart[after]!;
        const inTwoPlaces = start[b]! < end[a]! && (persons[a]! & persons[b]!) !== 0;
        if (!inTwoPlaces && !clash(this.problem, this.household, rows[a]!, rows[b]!, this.domain.free)) continue;
        addBit(bits[a]!, b);
        addBit(bits[b]!, a);
      }
    }
    return bits;
  }

  private classesOf(ids: readonly number[], place: number, marks: Marks): SessionClass[] {
    const { candidates, roles } = this.household;
    const index = candidates.role[this.rows[ids[0]!]!]!; // an item's sessions have one role
    const byMark = new Map<number | undefined, number[]>();
    for (const id of ids) {
      if (this.clashesAny(id, this.forced)) continue;
      const bit = marks.bits[index]?.get(candidates.therapist[this.rows[id]!]!);
      const members = byMark.get(bit);
      if (members === undefined) byMark.set(bit, [id]);
      else if (!this.isDominated(id, members)) members.push(id);
    }
    return [...byMark.values()].map((members) => ({ place, role: roles[index]!, members }));
  }

  /**
   * Whether a session of a class can be left out for one of the same time that costs no more and clashes with nothing else. The meetings
   * that partners should share, or are better off sharing, stay.
   */
  private isDominated(id: number, cheaper: readonly number[]): boolean {
    const { meeting, persons } = this.household.candidates;
    const row = this.rows[id]!;
    const atOnce = cheaper.filter((other) => this.start[other] === this.start[id] && this.end[other] === this.end[id]);
    if (atOnce.length === 0 || (meeting[row]! >= 0 && this.shared.has(meeting[row]!))) return false;
    const isPartners = (other: number): boolean => meeting[other] === meeting[row] && persons[other] !== persons[row];
    if (this.household.together === 'staggered' && meeting[row]! >= 0 && this.rows.some(isPartners)) return false;
    return atOnce.some(
      (other) => !this.shared.has(meeting[this.rows[other]!]!) && isWithin(this.clashes[other]!, this.withBoth(id, other)),
    );
  }

  /** What clashes with a session, with the session itself: another in its place never has that beside it. */
  private withBoth(id: number, other: number): Bits {
    const bits = this.clashes[id]!.slice();
    addBit(bits, id);
    addBit(bits, other);
    return bits;
  }
}

/**
 * All numbers of sessions per class, from none on, of which no item gets more than its limit.
 * @param limits sessions per place
 */
export function* countsOf(classes: readonly SessionClass[], limits: readonly number[]): Generator<readonly number[]> {
  const counts = classes.map(() => 0);
  for (;;) {
    yield [...counts];
    let index = counts.length - 1;
    for (; index >= 0; index--) {
      if (
        counts[index]! < classes[index]!.members.length &&
        placed(classes, counts, classes[index]!.place) < limits[classes[index]!.place]!
      )
        break;
      counts[index] = 0;
    }
    if (index < 0) return;
    counts[index]!++;
  }
}

/** Sessions of an item, over its classes. */
export function placed(classes: readonly SessionClass[], counts: readonly number[], place: number): number {
  return classes.reduce((sum, each, index) => sum + (each.place === place ? counts[index]! : 0), 0);
}
