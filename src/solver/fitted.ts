import type { Household } from '../model/problem.ts';
import { againstItself } from './against-itself.ts';
import type { HouseholdPlan } from './household/request.ts';
import { overloads, SHUT, type Ledger } from './ledger.ts';

/** Places a plan if it stands with those that are placed. */
export function fitted(ledger: Ledger, household: Household, plan: HouseholdPlan): boolean {
  const { meeting, forced } = household.candidates;
  if (plan.rows.some((row) => meeting[row]! >= 0 && forced[row] === 0 && ledger.closed[meeting[row]!] === SHUT)) return false;
  if (overloads(ledger, household, plan)) return false;
  ledger.place(household.index, plan);
  if (againstItself(ledger, household, plan) < 0) return true;
  ledger.remove(household.index);
  return false;
}
