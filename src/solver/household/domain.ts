import type { Household, Problem, Role } from '../../model/problem.ts';

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
 * Where a role is free to choose, only the cheapest therapist of each start is kept, unless `distinct` tells them apart.
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
    domain.items.push(items);
    domain.rows.push(items.map((item) => cheapestFirst(household, domain.cost, byItem.get(item)!, choice, distinct)));
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
): Int32Array {
  const { candidates, roles } = household;
  const { start } = candidates;
  rows.sort((a, b) => cost[a]! - cost[b]! || start[a]! - start[b]! || a - b);
  const role = candidates.role[rows[0]!]!;
  const free = roles[role]!.kind !== 'group' && (choice[role]! < 0 || roles[role]!.continuity !== 'strict');
  if (!free) return Int32Array.from(rows);
  const seen = new Set<number>();
  const kept = rows.filter((row) => {
    if (distinct(role, candidates.therapist[row]!)) return true;
    if (seen.has(start[row]!)) return false;
    seen.add(start[row]!);
    return true;
  });
  return Int32Array.from(kept);
}
