import type { Household, Problem } from '../../model/problem.ts';
import type { Work } from './memory.ts';
import type { HouseholdAnswer, HouseholdPlan, HouseholdRequest } from './request.ts';
import { solveHousehold } from './solve.ts';

/** Rounds of pulling a plan toward its own weekly slots. */
const ROUNDS = 3;

/**
 * A good plan of a household over several weeks. `same-slot` looks from week to week, which the exact search does not: its plan is
 * pulled toward the slots that it uses most, and searched again, until that no longer helps. The bound is the exact search's.
 */
export function* steadyPlan(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  work: Work,
): Generator<void, HouseholdAnswer> {
  const answer = yield* solveHousehold(problem, household, request, work);
  if (answer.plan === undefined || problem.weekCount === 1 || problem.weights.sameSlot === 0) return answer;
  let best = answer.plan;
  let current = best;
  for (let round = 0; round < ROUNDS && worth(household, request, best) > answer.bound; round++) {
    const pulled = pull(problem, household, request.extra, current);
    const again = yield* solveHousehold(problem, household, fixedChoice(request, best, pulled), work);
    if (again.plan === undefined) break;
    const before = worth(household, request, best);
    current = again.plan;
    current = { ...current, priced: worth(household, request, current) };
    if (worth(household, request, current) < before) best = current;
    else break;
  }
  return { plan: { ...best, priced: worth(household, request, best) }, bound: answer.bound };
}

/** True cost with the extras of the request. */
function worth(household: Household, request: HouseholdRequest, plan: HouseholdPlan): number {
  let cost = plan.cost - household.baseCost;
  for (const row of plan.rows) if (household.candidates.forced[row] === 0) cost += request.extra[row]!;
  return cost;
}

function fixedChoice(request: HouseholdRequest, plan: HouseholdPlan, extra: Float64Array): HouseholdRequest {
  const { upperBound: _, ...rest } = request;
  return {
    ...rest,
    extra,
    choiceCost: (role, server) =>
      plan.choice[role] === server || plan.choice[role]! < 0 ? (request.choiceCost?.(role, server) ?? 0) : Infinity,
  };
}

/** Extras with a charge for slots that the usual week of their role does not have. */
function pull(problem: Problem, household: Household, extra: Float64Array, plan: HouseholdPlan): Float64Array {
  const { candidates, roles } = household;
  const usual = roles.map((_, role) => usualWeek(household, plan, role));
  const pulled = Float64Array.from(extra);
  for (let row = 0; row < candidates.count; row++) {
    const slots = usual[candidates.role[row]!];
    if (slots !== undefined && !slots.has(candidates.slot[row]!)) {
      pulled[row]! += 2 * problem.weights.sameSlot - candidates.slotCost[row]!;
    }
  }
  return pulled;
}

/** Slots of the week that has most in common with the role's other weeks. */
function usualWeek(household: Household, plan: HouseholdPlan, role: number): Set<number> | undefined {
  const { candidates } = household;
  const weeks = new Map<number, Set<number>>();
  for (const row of plan.rows) {
    if (candidates.role[row] !== role) continue;
    const slots = weeks.get(candidates.week[row]!);
    if (slots === undefined) weeks.set(candidates.week[row]!, new Set([candidates.slot[row]!]));
    else slots.add(candidates.slot[row]!);
  }
  let best: Set<number> | undefined;
  let most = -1;
  for (const slots of weeks.values()) {
    let common = 0;
    for (const other of weeks.values()) for (const slot of slots) if (other.has(slot)) common++;
    if (common > most) [best, most] = [slots, common];
  }
  return best;
}
