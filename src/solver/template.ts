import type { Household, Problem } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import type { HouseholdPlan } from './household/request.ts';
import { Ledger } from './ledger.ts';
import { negotiate } from './negotiate.ts';
import { Prices } from './surroundings.ts';

/** Households and weeks from which on a template pays. */
const MANY = 30;
const WEEKS = 3;
/** What a session costs at another slot than the template's, or with another therapist; plus what a slot of its own costs anyway. */
const AWAY = 3;

/** What a household's sessions cost where they leave the template; undefined for households that have none. */
export type Pull = (household: number) => Float64Array | undefined;

/**
 * A week that all households keep to where they can: that of the busiest week is negotiated alone, as if the others had no conflicts; at
 * its slots and with its therapists most other weeks have few. Undefined where that does not pay. Households that it left without a place
 * are pulled to the slots that they had last.
 */
export function* weeklyTemplate(
  context: SearchContext,
  { closed }: Ledger,
  order: readonly number[],
  plansEach: number | undefined,
): Generator<void, Pull | undefined> {
  const { problem } = context;
  if (problem.households.length < MANY || problem.weekCount < WEEKS) return undefined;
  const ledger = new Ledger(problem);
  ledger.closed.set(closed);
  const week = busiestWeek(problem);
  const latest: (HouseholdPlan | undefined)[] = problem.households.map(() => undefined);
  const prices = new Prices(problem.meetings.length, problem.minutes);
  yield* negotiate(context, ledger, [...order], prices, { plansEach, week, latest });
  const pulls = new Map<number, Float64Array>();
  for (const household of problem.households) {
    const plan = latest[household.index];
    if (plan !== undefined) pulls.set(household.index, pullOf(problem, household, plan, week));
  }
  return (household) => pulls.get(household);
}

function busiestWeek({ households, weekCount }: Problem): number {
  const busy = new Float64Array(weekCount + 1);
  for (const { items } of households)
    for (const { active } of items) for (let week = 1; week <= weekCount; week++) busy[week]! += active[week] ?? 0;
  return busy.indexOf(Math.max(...busy));
}

/** Charges for other slots than a plan has in a week, and for other therapists. */
function pullOf({ weights }: Problem, { candidates, roles }: Household, { rows, choice }: HouseholdPlan, week: number): Float64Array {
  const slots = roles.map(() => new Set<number>());
  for (const row of rows) if (candidates.week[row] === week) slots[candidates.role[row]!]!.add(candidates.slot[row]!);
  const pull = new Float64Array(candidates.count);
  for (let row = 0; row < candidates.count; row++) {
    const role = candidates.role[row]!;
    if (candidates.forced[row] !== 0) continue;
    if (slots[role]!.size > 0 && !slots[role]!.has(candidates.slot[row]!)) pull[row]! += AWAY + weights.sameSlot;
    if (candidates.meeting[row]! < 0 && choice[role]! >= 0 && candidates.therapist[row] !== choice[role]) pull[row]! += AWAY;
  }
  return pull;
}
