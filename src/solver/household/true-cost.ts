import type { Household, Problem } from '../../model/problem.ts';

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

/**
 * What `moved-session` truly costs beyond what base cost and candidates say: with more sessions of a role than bookings, or
 * bookings of unlike cost, these spare too much.
 */
export function movedCorrection(household: Household, rows: readonly number[]): number {
  let correction = 0;
  for (const role of new Set(household.movable.map((each) => each.role))) {
    const bookings = household.movable.filter((each) => each.role === role);
    const kept = bookings.filter((each) => each.candidate >= 0 && rows.includes(each.candidate));
    const others = bookings.filter((each) => !kept.includes(each));
    const sessions = rows.filter((row) => household.candidates.role[row] === role && household.candidates.forced[row] === 0).length;
    const spare = others.map((each) => each.cancelled - each.saved).sort((a, b) => b - a);
    const moved = spare.slice(0, Math.max(0, sessions - kept.length));
    const most = Math.max(...bookings.map((each) => each.cancelled - each.saved));
    const truly = sum(others.map((each) => each.cancelled)) - sum(moved);
    const modelled = sum(bookings.map((each) => each.cancelled)) - most * sessions - sum(kept.map((each) => each.saved));
    correction += truly - modelled;
  }
  return correction;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
