import type { Household, Problem, Role } from '../../model/problem.ts';
import { onlyLeaderClash } from './pairs.ts';

/** Therapist (or group) per role; -1 leaves the choice to each session, `NOBODY` leaves the role without sessions. */
export type Choice = Int32Array;
export const NOBODY = -2;

/** What a household may choose from in one search: rows of its candidates per node and item, and what each costs. */
export interface Domain extends Relaxation {
  /** Per node: the items that have rows. */
  items: number[][];
  /** Per node, aligned with `items`: rows, cheapest first, then by start. */
  rows: Int32Array[][];
  /** Per node: rows that must be in the plan. */
  forced: Int32Array[];
  /** Per row: its whole unary cost. */
  cost: Float64Array;
}

/** How a domain is relaxed. */
export interface Relaxation {
  /** Whether one therapist stands for others at each start, so that sessions of one therapist at once are let pass; who leads is busy. */
  free: boolean;
  /** Whether a date with a booking that stands may be less than a service day where that is forbidden. */
  lesser: boolean;
}

/**
 * Rows that agree with the choice, with `extra` added to their cost; rows with an infinite extra are left out, forced ones stay.
 * Where a role is free to choose, only therapists who may matter are kept at each start: those whom `distinct` tells apart, and those
 * cheaper than the first one whom no meeting keeps busy.
 */
export function buildDomain(
  problem: Problem,
  household: Household,
  choice: Choice,
  extra: Float64Array,
  distinct: (role: number, therapist: number) => boolean,
  relaxation: Relaxation,
): Domain {
  const { candidates, nodeStart, nodeCount } = household;
  const domain: Domain = { items: [], rows: [], forced: [], cost: new Float64Array(candidates.count), ...relaxation };
  for (let node = 0; node < nodeCount; node++) {
    const forced: number[] = [];
    const byItem = new Map<number, number[]>();
    for (let row = nodeStart[node]!; row < nodeStart[node + 1]!; row++) {
      const role = household.roles[candidates.role[row]!]!;
      domain.cost[row] = rowCost(problem, household, choice, extra, row);
      if (candidates.forced[row] !== 0) forced.push(row);
      else if (domain.cost[row]! < Infinity && matches(problem, role, choice[candidates.role[row]!]!, candidates, row)) {
        const list = byItem.get(candidates.item[row]!);
        if (list === undefined) byItem.set(candidates.item[row]!, [row]);
        else list.push(row);
      }
    }
    const items = [...byItem.keys()].sort((a, b) => a - b);
    const leading = new Leading(problem, household, [...forced, ...[...byItem.values()].flat()]);
    domain.items.push(items);
    domain.rows.push(items.map((item) => cheapestFirst(household, domain.cost, byItem.get(item)!, choice, distinct, leading)));
    domain.forced.push(Int32Array.from(forced));
  }
  return domain;
}

function rowCost(problem: Problem, household: Household, choice: Choice, extra: Float64Array, row: number): number {
  const { candidates, roles } = household;
  const roleIndex = candidates.role[row]!;
  const role = roles[roleIndex]!;
  let cost = candidates.cost[row]! + candidates.slotCost[row]! + (candidates.forced[row] !== 0 ? 0 : extra[row]!);
  if (role.continuity === 'prefer' && choice[roleIndex]! >= 0 && candidates.present[row] !== 0) {
    const server = role.kind === 'group' ? problem.meetings[candidates.meeting[row]!]!.group : candidates.therapist[row]!;
    if (server !== choice[roleIndex]) cost += problem.weights.continuityPreferred;
  }
  return cost;
}

/** Whether a row is with the therapist (or group) chosen for a strict role. */
function matches(problem: Problem, role: Role, chosen: number, candidates: Household['candidates'], row: number): boolean {
  if (role.continuity !== 'strict' || chosen === -1) return true;
  return role.kind === 'group' ? problem.meetings[candidates.meeting[row]!]!.group === chosen : candidates.therapist[row] === chosen;
}

function cheapestFirst(
  household: Household,
  cost: Float64Array,
  rows: number[],
  choice: Choice,
  distinct: (role: number, therapist: number) => boolean,
  leading: Leading,
): Int32Array {
  const { candidates, roles } = household;
  const { start } = candidates;
  const role = candidates.role[rows[0]!]!;
  const free = roles[role]!.kind !== 'group' && (choice[role]! < 0 || roles[role]!.continuity !== 'strict');
  const told = (row: number): boolean => distinct(role, candidates.therapist[row]!);
  const kept = free ? undominated(household, cost, rows, told, leading) : rows;
  kept.sort((a, b) => cost[a]! - cost[b]! || start[a]! - start[b]! || a - b);
  return Int32Array.from(kept);
}

/**
 * Sessions of an item without those that another one of the same start can stand for: one that costs no more and whose therapist no
 * meeting needs at that time. Those that must be told apart all stay.
 */
function undominated(
  { candidates }: Household,
  cost: Float64Array,
  rows: readonly number[],
  told: (row: number) => boolean,
  leading: Leading,
): number[] {
  const { start } = candidates;
  const standIn = new Map<number, number>();
  const isStandIn = (row: number): boolean => standIn.get(start[row]!) === row;
  const others = rows.filter((row) => !told(row));
  for (const row of others) {
    const known = standIn.get(start[row]!);
    if ((known === undefined || cost[row]! < cost[known]!) && !leading.keepsBusy(row)) standIn.set(start[row]!, row);
  }
  return rows.filter((row) => isStandIn(row) || cost[row]! < (costOf(standIn.get(start[row]!), cost) ?? Infinity) || told(row));
}

function costOf(row: number | undefined, cost: Float64Array): number | undefined {
  return row === undefined ? undefined : cost[row];
}

/** The meetings of a date that each therapist is sure to lead if they are attended. */
class Leading {
  private readonly meetings = new Map<number, number[]>();

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    rows: readonly number[],
  ) {
    const { meeting } = household.candidates;
    for (const row of rows) {
      if (meeting[row]! < 0) continue;
      for (const therapist of problem.meetings[meeting[row]!]!.sure) {
        const known = this.meetings.get(therapist);
        if (known === undefined) this.meetings.set(therapist, [row]);
        else known.push(row);
      }
    }
  }

  /** Whether a meeting cannot be attended beside a session only since it needs the session's therapist. */
  keepsBusy(row: number): boolean {
    const meetings = this.meetings.get(this.household.candidates.therapist[row]!);
    return meetings?.some((other) => onlyLeaderClash(this.problem, this.household, other, row)) === true;
  }
}
