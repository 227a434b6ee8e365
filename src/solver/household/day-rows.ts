import type { Household, Problem, Role } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import { clash } from './pairs.ts';
import type { Marks } from './marks.ts';

/** Sessions of one item that the steps cannot tell apart: those with one marked therapist, or all where none is marked. */
export interface SessionClass {
  /** Place of the item among the node's items. */
  place: number;
  role: Role;
  /** Cheapest first. */
  members: number[];
}

/** The sessions of one node under a domain, numbered from 0: forced ones first, then item by item. */
export class DayRows {
  /** Rows of the household's candidates. */
  readonly rows: readonly number[];
  readonly forced: readonly number[];
  readonly classes: readonly SessionClass[];
  readonly cost: Float64Array;
  /** Meetings that one partner may attend only if the other does. */
  readonly shared: ReadonlySet<number>;
  /** What is known of each two: 1 where they can both be, 2 where they cannot. */
  private readonly known: Uint8Array;
  private readonly busyKeys: string[] = [];

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
    this.rows = rows;
    this.cost = Float64Array.from(rows, (row) => domain.cost[row]!);
    this.known = new Uint8Array(rows.length * rows.length);
    const { pairable, meeting } = household.candidates;
    this.shared = new Set(rows.filter((row) => pairable[row] === 1).map((row) => meeting[row]!));
    this.classes = members.flatMap((ids, place) => this.classesOf(ids, place, marks));
  }

  /** Whether two sessions cannot both be. */
  clash(a: number, b: number): boolean {
    const at = a * this.rows.length + b;
    if (this.known[at] === 0) {
      this.known[at] = clash(this.problem, this.household, this.rows[a]!, this.rows[b]!, this.domain.free) ? 2 : 1;
    }
    return this.known[at] === 2;
  }

  /** Whether a session clashes with one of some others. */
  clashesAny(id: number, others: readonly number[]): boolean {
    for (const other of others) if (this.clash(id, other)) return true;
    return false;
  }

  start(id: number): number {
    return this.household.candidates.start[this.rows[id]!]!;
  }

  end(id: number): number {
    return this.household.candidates.end[this.rows[id]!]!;
  }

  /** What other sessions see of a group session: its times, whom it needs to lead it, and the meeting where it matters that partners share it. */
  busyKey(id: number): string {
    let key = this.busyKeys[id];
    if (key === undefined) {
      const meeting = this.household.candidates.meeting[this.rows[id]!]!;
      const leaders = this.problem.meetings[meeting]?.sure ?? [];
      key = [this.start(id), this.end(id), this.sharingMatters(id, leaders) ? meeting : '', ...leaders].join(' ');
      this.busyKeys[id] = key;
    }
    return key;
  }

  /** Whether it is not the same to the partner, if the partner could attend it too, which meeting of some leaders at a time is attended. */
  private sharingMatters(id: number, leaders: readonly number[]): boolean {
    const { meeting, apart, persons } = this.household.candidates;
    const row = this.rows[id]!;
    const { oneRoom, childcare, together } = this.household;
    if (apart[row] === 1) return true;
    if (!oneRoom && !childcare && together !== 'staggered' && leaders.length === 0) return false;
    return this.rows.some((other) => meeting[other] === meeting[row] && persons[other] !== persons[row]);
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
      else members.push(id);
    }
    return [...byMark.values()].map((members) => ({ place, role: roles[index]!, members }));
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
