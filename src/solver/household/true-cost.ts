import type { Household, Problem } from '../../model/problem.ts';
import { togetherCorrection } from './day-cost.ts';
import type { HouseholdPlan } from './request.ts';

/** Weight x units of `same-slot` of a household's sessions, by definition. */
export function sameSlotCost(problem: Problem, household: Household, rows: readonly number[]): number {
  const weight = problem.weights.sameSlot;
  if (weight === 0) return 0;
  const { week, slot, role, counts, present } = household.candidates;
  const slots = new Map<number, number[]>();
  const key = (ofRole: number, ofWeek: number): number => ofRole * 100 + ofWeek;
  const add = (at: number, value: number): void => {
    const list = slots.get(at);
    if (list === undefined) slots.set(at, [value]);
    else list.push(value);
  };
  for (const past of household.pastSlots) add(key(past.role, past.week), past.slot);
  const planned = rows.filter((row) => counts[row] === 1 && present[row] !== 0);
  for (const row of planned) add(key(role[row]!, week[row]!), slot[row]!);
  let units = 0;
  const before = new Map([...slots].map(([at, list]) => [at, [...list]]));
  for (const row of planned) {
    const last = before.get(key(role[row]!, week[row]! - 1));
    if (last === undefined || week[row]! < 1) continue;
    const at = last.indexOf(slot[row]!);
    if (at >= 0) last.splice(at, 1);
    else units++;
  }
  return weight * units;
}

/** What `moved-session` costs beyond what base cost, sessions and candidates say: bookings cancelled, or dearer ones than were spared. */
export function movedCorrection(household: Household, rows: readonly number[]): number {
  const { candidates } = household;
  let correction = 0;
  for (const { role, bookings, spared } of household.movable) {
    const sessions = rows.filter((row) => candidates.role[row] === role && candidates.forced[row] === 0).length;
    const kept = bookings.filter((each) => each.candidate >= 0 && rows.includes(each.candidate));
    const others = bookings.filter((each) => !kept.includes(each)).map((each) => each.cancelled - each.saved);
    const moved = sum(others.sort((a, b) => b - a).slice(0, sessions - kept.length));
    if (spared.length === 0) correction += sum(others) - moved;
    else correction += sum(spared.slice(0, sessions)) - sum(kept.map((each) => each.cancelled - each.saved)) - moved;
  }
  return correction;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What a household's sessions cost beyond what its search says, where sessions and therapists have no extra cost and no slot has any. */
export function correctionOf(problem: Problem, household: Household, rows: readonly number[]): number {
  const together = togetherCorrection(household, rows, problem.weights.together);
  return sameSlotCost(problem, household, rows) + movedCorrection(household, rows) + together;
}

/** What the search of a household would say that a plan costs, where sessions and therapists have no extra cost. */
export function searchedCost(problem: Problem, household: Household, { rows, cost }: HouseholdPlan): number {
  const whole = cost - household.baseCost - correctionOf(problem, household, rows);
  return rows.reduce((all, row) => all + household.candidates.slotCost[row]!, whole);
}
