import { againstItself } from './against-itself.ts';
import type { Lagrangian } from './bound/lagrangian.ts';
import type { SearchContext } from './context.ts';
import { fillMeetings } from './fill.ts';
import type { Household } from '../model/problem.ts';
import type { HouseholdPlan } from './household/request.ts';
import { restore } from './incumbent.ts';
import { overloads, SHUT, type Ledger } from './ledger.ts';
import { negotiate } from './negotiate.ts';
import { Prices } from './surroundings.ts';

/** Plans made per household at most, until it is given up. */
const PLANS_EACH = 3;

/**
 * Makes a plan of the whole from what households answer at the prices of the Lagrangian bound: those whose plans stand together keep
 * them, the others are planned at these prices (Lagrangian heuristic). Groups meet at the times of the best plan. True where a plan came out.
 */
export function* guided(context: SearchContext, ledger: Ledger, lagrangian: Lagrangian): Generator<void, boolean> {
  const { problem } = context;
  context.phase = 'improve';
  restore(ledger, context.best!);
  for (const { index } of problem.households) ledger.remove(index);
  const waiting: number[] = [];
  for (const index of context.random.shuffle(problem.households.map((household) => household.index))) {
    const plan = lagrangian.planOf(index);
    if (plan === undefined || !fits(ledger, problem.households[index]!, plan)) waiting.push(index);
  }
  const base = (household: Household): Float64Array => lagrangian.capacities.extraOf(household, context.ownExtra(household));
  const prices = new Prices(problem.meetings.length, problem.minutes, base);
  if (!(yield* negotiate(context, ledger, waiting, prices, { plansEach: PLANS_EACH }))) return false;
  if (!(yield* fillMeetings(context, ledger, prices))) return false;
  return problem.households.every((household) => againstItself(ledger, household, ledger.plans[household.index]!) < 0);
}

/** Places a plan if it stands with those that are placed. */
function fits(ledger: Ledger, household: Household, plan: HouseholdPlan): boolean {
  const { meeting, forced } = household.candidates;
  if (plan.rows.some((row) => meeting[row]! >= 0 && forced[row] === 0 && ledger.closed[meeting[row]!] === SHUT)) return false;
  if (overloads(ledger, household, plan)) return false;
  ledger.place(household.index, plan);
  if (againstItself(ledger, household, plan) < 0) return true;
  ledger.remove(household.index);
  return false;
}
