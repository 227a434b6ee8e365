import type { Household, Problem } from '../../model/problem.ts';
import { onlyLeaderClash } from './pairs.ts';

/** Therapist (or group) per role; -1 leaves the choice to each session, `NOBODY` leaves the role without sessions. */
export type Choice = Int32Array;
export const NOBODY = -2;

/** What a household may choose from in one search: rows of its candidates per node and item, and what each costs. */
export interface Domain extends Relaxation {
  /** Per node: the items that have rows. */
  items: number[][];
  /** Per node, aligned with `items`: rows, cheapest first, then by start. */
  rows: (readonly number[])[][];
  /** Per node: rows that must be in the plan. */
  forced: readonly (readonly number[])[];
  /** Per row: its whole unary cost; told for the rows at hand only. */
  cost: Float64Array;
}

/** How a domain is relaxed. */
export interface Relaxation {
  /** Whether one therapist stands for others at each start, so that sessions of one therapist at once are let pass; who leads is busy. */
  free: boolean;
  /** Whether a date with a booking that stands may be less than a service day where that is forbidden. */
  lesser: boolean;
}

/** A node's rows, whatever is chosen: forced ones, and by item the others. */
interface NodeRows {
  forced: readonly number[];
  items: readonly number[];
  rows: readonly (readonly number[])[];
}

/** Therapists that must be told apart in a role. */
type Distinct = (role: number, therapist: number) => boolean;

/** Lists shorter than this are sorted by insertion, which takes less time then. */
const SHORT = 24;

/** Makes the domains of a household. */
export class DomainMaker {
  private readonly nodes: NodeRows[] = [];
  /** Per row: its therapist or group. */
  private readonly server: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
  ) {
    const { candidates, nodeStart, nodeCount } = household;
    this.server = Int32Array.from(candidates.meeting, (meeting, row) =>
      meeting >= 0 ? problem.meetings[meeting]!.group : candidates.therapist[row]!,
    );
    for (let node = 0; node < nodeCount; node++) {
      const forced: number[] = [];
      const byItem = new Map<number, number[]>();
      for (let row = nodeStart[node]!; row < nodeStart[node + 1]!; row++) {
        const list = byItem.get(candidates.item[row]!);
        if (candidates.forced[row] !== 0) forced.push(row);
        else if (list === undefined) byItem.set(candidates.item[row]!, [row]);
        else list.push(row);
      }
      const items = [...byItem.keys()].sort((a, b) => a - b);
      this.nodes.push({ forced, items, rows: items.map((item) => byItem.get(item)!) });
    }
  }

  /**
   * Rows that agree with the choice, with `extra` added to their cost; rows with an infinite extra are left out, forced ones stay.
   * Where a role is free to choose, only therapists who may matter are kept at each start: those whom `distinct` tells apart, and those
   * cheaper than the first one whom no meeting keeps busy.
   */
  make(choice: Choice, extra: Float64Array, distinct: Distinct, relaxation: Relaxation): Domain {
    const cost = new Float64Array(this.household.candidates.count);
    const items: number[][] = [];
    const rows: (readonly number[])[][] = [];
    for (const node of this.nodes) {
      for (const row of node.forced) cost[row] = this.ownCost(row, choice);
      const open = node.rows.map((all, at) => this.matching(all, node.items[at]!, choice, extra, cost));
      const leading = new Leading(this.problem, this.household, node.forced, open);
      const here: number[] = [];
      const kept: number[][] = [];
      open.forEach((all, at) => {
        if (all.length === 0) return;
        here.push(node.items[at]!);
        const some = this.isFree(node.items[at]!, choice) ? this.undominated(cost, all, distinct, leading) : all;
        sortByCost(some, cost, this.household.candidates.start);
        kept.push(some);
      });
      items.push(here);
      rows.push(kept);
    }
    return { items, rows, forced: this.nodes.map(({ forced }) => forced), cost, ...relaxation };
  }

  /** An item's rows that are with the therapist (or group) chosen, where its role keeps one, and are not ruled out; notes what they cost. */
  private matching(rows: readonly number[], item: number, choice: Choice, extra: Float64Array, cost: Float64Array): number[] {
    const { roles, items } = this.household;
    const { role } = items[item]!;
    const only = roles[role]!.continuity === 'strict' ? choice[role]! : -1;
    const kept: number[] = [];
    for (const row of rows) {
      if (extra[row] === Infinity || (only !== -1 && this.server[row] !== only)) continue;
      cost[row] = this.ownCost(row, choice) + extra[row]!;
      kept.push(row);
    }
    return kept;
  }

  /** What a session costs without extras. */
  private ownCost(row: number, choice: Choice): number {
    const { candidates, roles } = this.household;
    const role = candidates.role[row]!;
    const cost = candidates.cost[row]! + candidates.slotCost[row]!;
    const changes = roles[role]!.continuity === 'prefer' && choice[role]! >= 0 && this.server[row] !== choice[role];
    return changes && candidates.present[row] !== 0 ? cost + this.problem.weights.continuityPreferred : cost;
  }

  /** Whether an item's sessions may be with several therapists. */
  private isFree(item: number, choice: Choice): boolean {
    const { role } = this.household.items[item]!;
    const { kind, continuity } = this.household.roles[role]!;
    return kind !== 'group' && (choice[role]! < 0 || continuity !== 'strict');
  }

  /**
   * Sessions of an item without those that another one of the same start can stand for: one that costs no more and whose therapist no
   * meeting needs at that time. Those that must be told apart all stay.
   */
  private undominated(cost: Float64Array, rows: readonly number[], distinct: Distinct, leading: Leading): number[] {
    const { start, role, therapist } = this.household.candidates;
    const told = rows.map((row) => distinct(role[row]!, therapist[row]!));
    const standIn = new Map<number, number>();
    rows.forEach((row, at) => {
      if (told[at]) return;
      const known = standIn.get(start[row]!);
      if ((known === undefined || cost[row]! < cost[known]!) && !leading.keepsBusy(row)) standIn.set(start[row]!, row);
    });
    return rows.filter((row, at) => {
      const other = standIn.get(start[row]!);
      return told[at] || other === undefined || other === row || cost[row]! < cost[other]!;
    });
  }
}

/** The domain of one search; who makes several takes a `DomainMaker`. */
export function buildDomain(
  problem: Problem,
  household: Household,
  choice: Choice,
  extra: Float64Array,
  distinct: Distinct,
  relaxation: Relaxation,
): Domain {
  return new DomainMaker(problem, household).make(choice, extra, distinct, relaxation);
}

/** Sorts rows by cost, then by start, then by number. */
function sortByCost(rows: number[], cost: Float64Array, start: Int32Array): void {
  const order = (a: number, b: number): number => cost[a]! - cost[b]! || start[a]! - start[b]! || a - b;
  if (rows.length >= SHORT) {
    rows.sort(order);
    return;
  }
  for (let end = 1; end < rows.length; end++) {
    const row = rows[end]!;
    let at = end;
    for (; at > 0 && order(rows[at - 1]!, row) > 0; at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
  }
}

/** The meetings of a date that each therapist is sure to lead if they are attended. */
class Leading {
  private meetings: Map<number, number[]> | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly forced: readonly number[],
    private readonly rows: readonly (readonly number[])[],
  ) {}

  /** Whether a meeting cannot be attended beside a session only since it needs the session's therapist. */
  keepsBusy(row: number): boolean {
    this.meetings ??= this.allMeetings();
    const meetings = this.meetings.get(this.household.candidates.therapist[row]!);
    return meetings?.some((other) => onlyLeaderClash(this.problem, this.household, other, row)) === true;
  }

  private allMeetings(): Map<number, number[]> {
    const { meeting } = this.household.candidates;
    const meetings = new Map<number, number[]>();
    for (const row of [...this.forced, ...this.rows.flat()]) {
      if (meeting[row]! < 0) continue;
      for (const therapist of this.problem.meetings[meeting[row]!]!.sure) {
        const known = meetings.get(therapist);
        if (known === undefined) meetings.set(therapist, [row]);
        else known.push(row);
      }
    }
    return meetings;
  }
}
